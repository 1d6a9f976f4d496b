package dev.hearth.caller;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says that these endpoints may be called with an API token; all others refuse one. What they give and change is held
/// to the caller's `Rights`: the log does so by itself, other tables' queries have to.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface TakesApiTokens {}
