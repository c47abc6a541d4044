package dev.salesforcesync.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kind of org that the tests of this class talk to; what they find out goes into the report. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(FactLog.class)
@interface Against {
    Kind value();

    /** A kind of org. */
    enum Kind {
        SANDBOX,
        REAL
    }
}
