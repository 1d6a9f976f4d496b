package dev.hearth.sync.nativeface;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.AppendResult.OverLimit;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.EventLogAnswers;
import dev.hearth.eventlog.EventLogUnavailable;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Store;
import dev.hearth.problems.ProblemException;
import dev.hearth.sync.live.NotFollowed;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/// What the log and the live tail refuse, as problems of this face.
final class Refusals {
    private Refusals() {}

    static ProblemException unknownStore() {
        return new ProblemException(ProblemType.STORE_NOT_FOUND, "You have no store of this id.");
    }

    /// Fails when this caller has no such store.
    static Uni<Store> reached(EventLog log, Caller caller, StoreId store) {
        return log.find(caller, store).map(found -> found.orElseThrow(Refusals::unknownStore));
    }

    static ProblemException replaced(Generation current) {
        return new ProblemException(
                ProblemType.GENERATION_CHANGED,
                "The store's history was replaced; it is in generation " + current + " now. Start again from 0.",
                Map.of("generation", current.value()));
    }

    static ProblemException beyondHead(Sequence head) {
        return new ProblemException(
                ProblemType.CURSOR_BEYOND_HEAD,
                "The cursor lies beyond the store's head, which is " + head + ".",
                Map.of("head", head.value()));
    }

    static OpenResult.Opened opened(Caller opener, OpenResult result) {
        return switch (result) {
            case OpenResult.Opened opened -> opened;
            case OpenResult.NotTheOwner()
            when !opener.rights().mayOpen() ->
                throw new ProblemException(
                        ProblemType.INSUFFICIENT_SCOPE, "This API token reaches some stores only, and makes none.");
            case OpenResult.NotTheOwner() ->
                throw new ProblemException(ProblemType.FORBIDDEN, "You do not own stores of that owner.");
            case OpenResult.NotReached() ->
                throw new ProblemException(
                        ProblemType.STORE_NOT_FOUND, "You gave that name to a store that you do not reach any more.");
            case OpenResult.TooManyStores(int limit) ->
                throw new ProblemException(
                        ProblemType.TOO_MANY_STORES,
                        "One owner has at most " + limit + " stores.",
                        Map.of("allowed", limit));
        };
    }

    static Appended appended(AppendResult result) {
        return switch (result) {
            case Appended appended -> appended;
            case AppendResult.WrongHead wrong ->
                throw new ProblemException(
                        ProblemType.WRONG_EXPECTED_HEAD,
                        "The store's head is " + wrong.head() + ".",
                        Map.of(
                                "generation",
                                wrong.generation().value(),
                                "head",
                                wrong.head().value()));
            case AppendResult.WrongRevision wrong ->
                throw new ProblemException(
                        ProblemType.WRONG_EXPECTED_REVISION,
                        "The stream is at revision " + wrong.actual() + ".",
                        Map.of(
                                "generation",
                                wrong.generation().value(),
                                "head",
                                wrong.head().value(),
                                "actual",
                                wrong.actual().value()));
            case AppendResult.UnknownStore _ -> throw unknownStore();
            case AppendResult.Locked(long epoch) ->
                throw new ProblemException(
                        ProblemType.LOCKED, "The vault was locked; unlock it and try again.", Map.of("epoch", epoch));
            case AppendResult.AliasNotAscending _ ->
                throw new ProblemException(ProblemType.ALIAS_NOT_ASCENDING, "An event's own number does not ascend.");
            case OverLimit over -> throw overLimit(over);
        };
    }

    private static ProblemException overLimit(OverLimit over) {
        var members = Map.<String, Object>of("allowed", over.allowed(), "actual", over.actual());
        return switch (over.limit()) {
            case EVENTS_PER_APPEND ->
                new ProblemException(
                        ProblemType.TOO_MANY_EVENTS,
                        "One append carries at most " + over.allowed() + " events.",
                        members);
            case EVENT_BYTES ->
                new ProblemException(
                        ProblemType.EVENT_TOO_LARGE, "An event has at most " + over.allowed() + " bytes.", members);
            case APPEND_BYTES ->
                new ProblemException(
                        ProblemType.PAYLOAD_TOO_LARGE,
                        "The events of one append have at most " + over.allowed() + " bytes together.",
                        members);
        };
    }

    /// Why a store is not followed; any other failure stays what it is.
    static Throwable notFollowed(Throwable failure) {
        if (failure instanceof EventLogUnavailable) {
            return new ProblemException(EventLogAnswers.UNAVAILABLE);
        }
        return failure instanceof NotFollowed refused ? of(refused.reason()) : failure;
    }

    private static ProblemException of(NotFollowed.Reason reason) {
        return switch (reason) {
            case NotFollowed.Reason.UnknownStore() -> unknownStore();
            case NotFollowed.Reason.BeyondHead(var head) -> beyondHead(head);
            case NotFollowed.Reason.TooSlow() ->
                new ProblemException(ProblemType.TOO_MANY_REQUESTS, "Events were not taken in time.");
            case NotFollowed.Reason.Stopping() ->
                new ProblemException(ProblemType.UNAVAILABLE, "The server is being stopped; try again shortly.");
            case NotFollowed.Reason.TooMany(boolean ofOneUser, int limit) ->
                ofOneUser
                        ? new ProblemException(
                                ProblemType.TOO_MANY_REQUESTS,
                                "You follow stores " + limit + " times already; close some streams.")
                        : new ProblemException(
                                ProblemType.UNAVAILABLE, "As many streams as this server takes are open; try later.");
        };
    }
}
