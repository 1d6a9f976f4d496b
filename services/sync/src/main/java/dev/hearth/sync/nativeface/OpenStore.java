package dev.hearth.sync.nativeface;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.StoreName;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A store to find or make.
public record OpenStore(
        @Schema(required = true, minLength = 1, maxLength = 200, examples = "todo") @Nullable
        String name,

        @Schema(description = "What it is for; a store keeps the first", defaultValue = "app", maxLength = 40) @Nullable
        String kind,

        @Schema(description = "Make it this household's, which the caller is a member of; else it is the caller's own")
        @Nullable
        UUID household,

        @JsonProperty("private") @Schema(description = "Its payloads are ciphertext", defaultValue = "false") @Nullable
        Boolean isPrivate) {

    NewStore forCaller(Caller caller) {
        var name = Texts.required("name", name(), StoreName.MAX_LENGTH);
        var kind = Texts.optional("kind", kind(), 40).orElse("app");
        var owner = household() == null ? caller.user() : Principal.household(household());
        return new NewStore(owner, new StoreName(NativeFace.NAME, name), kind, Boolean.TRUE.equals(isPrivate()));
    }
}
