package dev.hearth.caller;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/// Answers the port where nobody else does: whoever has a verified access token may call, nothing ever changes.
@DefaultBean
@ApplicationScoped
class EveryoneInOrder implements Sessions {

    @Override
    public Uni<Optional<Holder>> holderOf(Credential credential) {
        return Uni.createFrom().item(Optional.empty());
    }

    @Override
    public Uni<Standing> standingOf(TokenHolder holder) {
        return Uni.createFrom().item(new Standing.InOrder(Set.of()));
    }

    @Override
    public Uni<Changes> changes(Optional<String> cursor) {
        return Uni.createFrom().item(new Changes("", Set.of(), false));
    }
}
