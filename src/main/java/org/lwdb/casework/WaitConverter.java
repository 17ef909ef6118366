package org.lwdb.casework;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Reads a waiting time from its setting. */
@Component
@ConfigurationPropertiesBinding
class WaitConverter implements Converter<String, CaseworkSettings.Wait> {
  @Override
  public CaseworkSettings.Wait convert(String text) {
    return CaseworkSettings.Wait.parse(text.strip());
  }
}
