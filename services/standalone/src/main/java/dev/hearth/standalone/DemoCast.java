package dev.hearth.standalone;

import dev.hearth.standalone.demo.Cast;
import dev.hearth.standalone.demo.Invited;
import dev.hearth.standalone.demo.Server;

/// The others of the demo, one of each for a data folder.
record DemoCast(DataFolder folder, Server teller) implements Cast {
    private static final String GUEST = "guest.";
    private static final String OUTSIDER = "outsider.";

    @Override
    public Server invited(String code) {
        var known = DemoPerson.known(folder, GUEST);
        if (known.isPresent()) {
            Invited.accept(known.get(), code);
            return known.get();
        }
        return DemoPerson.made(
                folder, GUEST, (email, password) -> Invited.register(teller, email, password.value(), code));
    }

    @Override
    public Server outsider() {
        return DemoPerson.known(folder, OUTSIDER).orElseGet(() -> DemoPerson.added(folder, OUTSIDER, "Somebody Else"));
    }
}
