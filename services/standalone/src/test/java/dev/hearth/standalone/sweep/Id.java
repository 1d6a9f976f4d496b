package dev.hearth.standalone.sweep;

import java.util.EnumSet;

/// What a request can name that belongs to somebody. Written `${STORE}` in the table.
enum Id {
    /// The account.
    USER,
    EMAIL,
    PASSWORD,
    /// A store of the user's own, with events.
    STORE,
    STORE_NAME,
    /// One of the household's, with events.
    HOUSEHOLD_STORE,
    HOUSEHOLD,
    /// An invite that is open, and its code.
    INVITE,
    CODE,
    /// Another member of the household.
    MEMBER,
    /// What the user calls the household's store.
    ALIAS,
    /// A session by cookie, which is not used for anything else.
    SESSION,
    /// An API token, by its id.
    TOKEN,
    EVENT,
    STREAM,
    /// What clients of LiveStore's call a store of theirs, with events.
    FACE_STORE,
    /// An address that nobody has.
    NEW_EMAIL,
    /// One that there is.
    VIEW;

    /// Whether it tells of its owner wherever it stands. What one calls a store, another may call theirs.
    boolean isMark() {
        return EnumSet.of(USER, EMAIL, STORE, HOUSEHOLD_STORE, HOUSEHOLD, INVITE, SESSION, TOKEN, EVENT, STREAM)
                .contains(this);
    }
}
