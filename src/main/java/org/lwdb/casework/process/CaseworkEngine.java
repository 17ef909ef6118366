package org.lwdb.casework.process;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngineFactory;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.util.SpringBootProcessEnginePlugin;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How the engine is set up: the beans that models may call, what history keeps, and the forms of
 * the tasks.
 */
@Component
class CaseworkEngine extends SpringBootProcessEnginePlugin {

  private final BeanFactory beans;
  private final FormHandlers forms;
  private final JdbcClient jdbc;

  CaseworkEngine(BeanFactory beans, FormHandlers forms, JdbcClient jdbc) {
    this.beans = beans;
    this.forms = forms;
    this.jdbc = jdbc;
  }

  @Override
  public void preInit(SpringProcessEngineConfiguration engine) {
    engine.setBeans(new ExposedBeans(beans));
    DefaultDmnEngineConfiguration tables = new DefaultDmnEngineConfiguration();
    tables.setFeelEngineFactory(() -> new PlainFeel(new ScalaFeelEngineFactory().createInstance()));
    engine.setDmnEngineConfiguration(tables);
    CaseworkHistoryLevel history = new CaseworkHistoryLevel();
    engine.setHistoryLevel(history);
    engine.setCustomHistoryLevels(List.of(history)); // the next start looks it up by its id
    List<org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener> listeners =
        engine.getCustomPostBPMNParseListeners();
    if (listeners == null) {
      listeners = new ArrayList<>();
      engine.setCustomPostBPMNParseListeners(listeners);
    }
    listeners.add(forms);
  }

  /** The engine looks for due jobs among all timers of all cases. */
  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    jdbc.sql("create index if not exists casework_job_due on act_ru_job (duedate_)").update();
  }
}
