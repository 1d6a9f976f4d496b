package dev.hearth.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/// A class whose package's `package-info.java` says that nothing in it is null unless it says so.
final class StandInNullMarkedPackage extends ArchCondition<JavaClass> {
    StandInNullMarkedPackage() {
        super("stand in a package that is @NullMarked");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getPackage()
                .tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isPresent();
        events.add(new SimpleConditionEvent(
                item, marked, item.getName() + (marked ? " stands" : " does not stand") + " in a @NullMarked package"));
    }
}
