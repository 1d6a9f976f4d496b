package dev.hearth.standalone.sweep;

import dev.hearth.testkit.sweep.Ask;

/// Those who try.
enum Identity {
    NOBODY {
        @Override
        Ask as(Scene scene, Ask ask) {
            return ask;
        }
    },
    GARBAGE {
        @Override
        Ask as(Scene scene, Ask ask) {
            return ask.with("Authorization", "Bearer eyJhbGciOiJSUzI1NiJ9.garbage.garbage");
        }
    },
    /// With the victim's own token of an hour ago.
    EXPIRED {
        @Override
        Ask as(Scene scene, Ask ask) {
            return ask.with("Authorization", "Bearer " + scene.expiredToken);
        }
    },
    /// With a cookie of the victim's that she has ended.
    ENDED_SESSION {
        @Override
        Ask as(Scene scene, Ask ask) {
            return Scene.withCookie(scene.endedCookie, ask);
        }
    },
    /// A member of the victim's household whom an administrator has disabled.
    DISABLED {
        @Override
        Ask as(Scene scene, Ask ask) {
            return Scene.as(scene.disabled, ask);
        }
    },
    /// With an API token of the victim's that may write to another store and nothing else.
    NARROW_TOKEN {
        @Override
        Ask as(Scene scene, Ask ask) {
            return ask.with("Authorization", "Bearer " + scene.narrowToken);
        }
    },
    OTHER_USER {
        @Override
        Ask as(Scene scene, Ask ask) {
            return Scene.as(scene.other, ask);
        }
    },
    /// Who has left the victim's household.
    FORMER_MEMBER {
        @Override
        Ask as(Scene scene, Ask ask) {
            return Scene.as(scene.former, ask);
        }
    },
    /// Of the server; the victim's household they do not belong to.
    ADMINISTRATOR {
        @Override
        Ask as(Scene scene, Ask ask) {
            return Scene.as(scene.admin, ask);
        }
    };

    abstract Ask as(Scene scene, Ask ask);

    boolean isOut() {
        return ordinal() <= DISABLED.ordinal();
    }
}
