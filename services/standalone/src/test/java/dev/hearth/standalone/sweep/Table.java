package dev.hearth.standalone.sweep;

import static dev.hearth.standalone.sweep.Takes.ADMIN;
import static dev.hearth.standalone.sweep.Takes.ANYBODY;
import static dev.hearth.standalone.sweep.Takes.OWNER;
import static dev.hearth.standalone.sweep.Takes.SERVICE;
import static dev.hearth.standalone.sweep.Takes.SOMEBODY;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Every operation of the API pages. A new one fails the sweep until it has a row here.
final class Table {
    private static final String EVENTS = "{\"events\":[{\"type\":\"swept\",\"data\":{\"a\":1}}]}";
    private static final String REGISTRATION = "{\"email\":\"${NEW_EMAIL}\",\"password\":\"${PASSWORD}\","
            + "\"acceptedTerms\":\"" + Scene.TERMS + "\",\"oldEnough\":true,\"timeZone\":\"Europe/Berlin\"}";

    /// Those that end something last, so that the others find it there.
    static final List<Row> ROWS = Stream.of(auth(), sync(), projection(), internal(), goingOut())
            .flatMap(List::stream)
            .sorted(Comparator.comparing(Row::spends))
            .toList();

    private Table() {}

    private static List<Row> auth() {
        return List.of(
                Row.of(ANYBODY, "GET /problems"),
                Row.of(ANYBODY, "GET /problems/{slug}").path("slug", "not-found"),
                Row.of(ANYBODY, "GET /auth/login").query("?return=/x&fresh=true"),
                Row.of(ANYBODY, "GET /auth/callback").query("?code=x&state=y"),
                Row.of(ANYBODY, "POST /auth/login").body("{\"email\":\"${EMAIL}\",\"password\":\"${PASSWORD}\"}"),
                Row.of(ANYBODY, "POST /auth/register").body(REGISTRATION),
                Row.of(ANYBODY, "GET /api/v1/invites/{code}"),
                Row.of(OWNER, "POST /api/v1/invites/{code}/accept"),
                Row.of(ANYBODY, "POST /auth/deletion/cancel")
                        .body("{\"email\":\"${EMAIL}\",\"password\":\"${PASSWORD}\"}"),
                Row.of(SOMEBODY, "GET /auth/whoami").apiTokens(),
                Row.of(SOMEBODY, "GET /api/v1/account").apiTokens(),
                Row.of(SOMEBODY, "PATCH /api/v1/account").body("{\"locale\":\"de\"}"),
                Row.of(SOMEBODY, "POST /api/v1/account/terms").body("{\"version\":\"" + Scene.TERMS + "\"}"),
                Row.of(SOMEBODY, "POST /api/v1/account/age"),
                Row.of(SOMEBODY, "GET /api/v1/account/export"),
                // The archive of the one who asks goes in, see `Fuzzing`; what is no archive is refused.
                Row.of(SOMEBODY, "POST /api/v1/account/import").answering(400, 415),
                Row.of(SOMEBODY, "GET /api/v1/account/sessions"),
                Row.of(OWNER, "DELETE /api/v1/account/sessions/{id}")
                        .path("id", "${SESSION}")
                        .spending(),
                Row.of(SOMEBODY, "DELETE /api/v1/account/sessions").spending(),
                Row.of(SOMEBODY, "GET /api/v1/tokens"),
                Row.of(SOMEBODY, "POST /api/v1/tokens").body("{\"name\":\"swept\",\"scopes\":[\"read\"]}"),
                Row.of(OWNER, "DELETE /api/v1/tokens/{id}")
                        .path("id", "${TOKEN}")
                        .spending(),
                Row.of(SOMEBODY, "GET /api/v1/households"),
                Row.of(SOMEBODY, "POST /api/v1/households").body("{\"name\":\"Swept\"}"),
                Row.of(OWNER, "PATCH /api/v1/households/{household}").body("{\"name\":\"Swept\"}"),
                Row.of(OWNER, "GET /api/v1/households/{household}/members"),
                Row.of(OWNER, "PUT /api/v1/households/{household}/members/{member}")
                        .body("{\"role\":\"admin\"}"),
                Row.of(OWNER, "DELETE /api/v1/households/{household}/invites/{invite}")
                        .spending(),
                Row.of(OWNER, "DELETE /api/v1/households/{household}/members/{member}")
                        .spending(),
                Row.of(OWNER, "GET /api/v1/households/{household}/invites"),
                Row.of(OWNER, "POST /api/v1/households/{household}/invites").body("{\"days\":3}"),
                Row.of(ADMIN, "GET /api/v1/admin/users").query("?after=${USER}", "?search=${EMAIL}", "?limit=1"),
                Row.of(ADMIN, "PUT /api/v1/admin/users/{user}/state").body("{\"state\":\"disabled\"}"),
                Row.of(ADMIN, "POST /api/v1/admin/users/{user}/logout"),
                Row.of(ADMIN, "GET /api/v1/admin/audit").query("?before=1000000&limit=1"),
                Row.of(ADMIN, "GET /api/v1/admin/figures"));
    }

    private static List<Row> goingOut() {
        return List.of(
                // With a cookie alone; it is another one afterwards.
                Row.of(SOMEBODY, "POST /auth/step-up")
                        .body("{\"password\":\"${PASSWORD}\"}")
                        .answering(401)
                        .spending(),

                // Whose address it is not is told so.
                Row.of(SOMEBODY, "POST /api/v1/account/deletion")
                        .body("{\"email\":\"${EMAIL}\"}")
                        .answering(428)
                        .spending(),
                Row.of(ANYBODY, "POST /auth/logout").spending());
    }

    private static List<Row> sync() {
        return List.of(
                Row.of(SOMEBODY, "GET /api/v1/stores")
                        .query("?after=${STORE}", "?limit=100")
                        .apiTokens(),
                Row.of(SOMEBODY, "POST /api/v1/stores")
                        .body("{\"name\":\"${STORE_NAME}\"}")
                        .apiTokens(),
                Row.of(OWNER, "POST /api/v1/stores")
                        .body("{\"name\":\"${STORE_NAME}\",\"household\":\"${HOUSEHOLD}\"}")
                        .answering(403)
                        .apiTokens(),
                Row.of(OWNER, "GET /api/v1/stores/{store}").apiTokens(),
                Row.of(OWNER, "DELETE /api/v1/stores/{store}")
                        .query("?confirm=${STORE_NAME}&generation=1")
                        .apiTokens()
                        .spending(),
                Row.of(OWNER, "GET /api/v1/stores/{store}/events")
                        .query(
                                "?after=0&limit=2&generation=1",
                                "?before=end",
                                "?stream=${STREAM}&after=0",
                                "?after=100&wait=1")
                        .apiTokens(),
                Row.of(OWNER, "POST /api/v1/stores/{store}/events")
                        .body(EVENTS, EVENTS.replace("\"type\"", "\"id\":\"${EVENT}\",\"type\""))
                        .header("Idempotency-Key", "${EVENT}")
                        .apiTokens(),
                Row.of(OWNER, "GET /api/v1/stores/{store}/live")
                        .query("?after=0", "?after=1&generation=1")
                        .header("Last-Event-ID", "1", "1-1")
                        .apiTokens(),
                Row.of(OWNER, "PUT /api/v1/stores/aliases/{face}/{name}")
                        .path("face", "native")
                        .path("name", "${ALIAS}")
                        .body("{\"store\":\"${HOUSEHOLD_STORE}\"}", "{\"household\":\"${HOUSEHOLD}\"}")
                        .answering(403)
                        .apiTokens(),
                Row.of(OWNER, "GET /api/v1/stores/aliases/{face}/{name}")
                        .path("face", "native")
                        .path("name", "${ALIAS}")
                        .apiTokens(),
                Row.of(OWNER, "DELETE /api/v1/stores/aliases/{face}/{name}")
                        .path("face", "native")
                        .path("name", "${ALIAS}")
                        .apiTokens()
                        .spending());
    }

    private static List<Row> projection() {
        return List.of(
                Row.of(SOMEBODY, "GET /api/v1/usage")
                        .query("?after=${STORE}", "?limit=1")
                        .apiTokens(),
                Row.of(OWNER, "GET /api/v1/usage")
                        .onlyHeader("Hearth-Min-Sequence", "${STORE}=1", "${HOUSEHOLD_STORE}=1-1")
                        .apiTokens(),
                Row.of(ADMIN, "GET /api/v1/admin/views"),
                Row.of(ADMIN, "GET /api/v1/admin/views/{view}/parked").query("?trace=0123456789abcdef0123456789abcdef"),
                Row.of(ADMIN, "POST /api/v1/admin/views/{view}/rebuild"),
                Row.of(ADMIN, "POST /api/v1/admin/views/{view}/redrive"));
    }

    private static List<Row> internal() {
        return Stream.of(
                        "erasure",
                        "sessions/changes",
                        "sessions/holder",
                        "sessions/standing",
                        "log/all",
                        "log/append",
                        "log/closed",
                        "log/describe",
                        "log/find-by-id",
                        "log/find-by-name",
                        "log/forget-name",
                        "log/given",
                        "log/heads",
                        "log/list",
                        "log/name",
                        "log/named",
                        "log/open",
                        "log/raise-fence",
                        "log/read",
                        "log/reset")
                .map(path -> Row.of(SERVICE, "POST /internal/" + path)
                        .body("{\"store\":\"${STORE}\"}")
                        .header("Hearth-Caller", "user:${USER}"))
                .toList();
    }
}
