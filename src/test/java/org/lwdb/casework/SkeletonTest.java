package org.lwdb.casework;

import static org.assertj.core.api.Assertions.assertThat;

import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@CaseworkTest
class SkeletonTest {
  @Autowired RuntimeService runtime;

  @Test
  void starts() {
    assertThat(runtime.createProcessInstanceQuery().count()).isZero();
  }
}
