package dev.salesforcesync.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The facts that hold when this test passes. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Tries {
    Fact[] value();
}
