package org.lwdb.casework.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lwdb.casework.CaseworkTest;

/**
 * A test on the whole application through a real {@link Browser}, which its methods take as a
 * parameter. It is skipped where no Chromium is installed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ChromiumExtension.class)
@CaseworkTest
@interface BrowserTest {}
