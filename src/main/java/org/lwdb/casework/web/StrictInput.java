package org.lwdb.casework.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.participant.ParticipantFile.Changes;
import org.lwdb.casework.participant.Referral;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * JSON that comes in is taken literally: nothing unknown is dropped and nothing is guessed, so that
 * a misspelled name is refused and not lost. Only what our controllers read is strict; what the
 * application reads from others is not. No text comes in, in a body or a query, that could not be
 * kept.
 */
@Configuration(proxyBeanMethods = false)
class StrictInput implements WebMvcConfigurer {

  /** Characters of a JSON body: far more than any of ours, and little enough to hold in memory. */
  private static final int LONGEST_BODY = 2_000_000;

  @Override
  public void extendMessageConverters(List<HttpMessageConverter<?>> converters) {
    converters.replaceAll(
        converter ->
            converter instanceof MappingJackson2HttpMessageConverter json
                ? new MappingJackson2HttpMessageConverter(strict(json.getObjectMapper()))
                : converter);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new QueryTexts()).addPathPatterns("/api/**");
  }

  private static ObjectMapper strict(ObjectMapper mapper) {
    ObjectMapper strict = mapper.copy();
    strict
        .getFactory()
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxDocumentLength(LONGEST_BODY).build());
    return strict
        .configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .registerModule(
            new SimpleModule("strict")
                .addDeserializer(String.class, new TextOnly())
                .addDeserializer(LocalDate.class, new PlainDate())
                .addDeserializer(Changes.class, new Correction()));
  }

  private static class QueryTexts implements HandlerInterceptor {
    @Override
    public boolean preHandle(
        HttpServletRequest request, HttpServletResponse response, Object handler) {
      if (request.getQueryString() != null) {
        BadInput.Collector problems = new BadInput.Collector();
        request
            .getParameterMap()
            .forEach(
                (name, values) ->
                    Stream.of(values)
                        .map(PlainText::problem)
                        .filter(Objects::nonNull)
                        .forEach(problem -> problems.add(name, problem)));
        problems.throwIfAny();
      }
      return true;
    }
  }

  /** A JSON string, and one that can be kept: no number or boolean is taken for a text. */
  private static class TextOnly extends StdScalarDeserializer<String> {
    TextOnly() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (!json.hasToken(JsonToken.VALUE_STRING)) {
        return (String) context.handleUnexpectedToken(String.class, json);
      }
      String problem = PlainText.problem(json.getText());
      if (problem != null) {
        throw InvalidFormatException.from(json, problem, "", String.class);
      }
      return json.getText();
    }
  }

  /** A date as yyyy-MM-dd and in no other form. */
  private static class PlainDate extends StdScalarDeserializer<LocalDate> {
    private static final Pattern FORM = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    PlainDate() {
      super(LocalDate.class);
    }

    @Override
    public LocalDate deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      if (!json.hasToken(JsonToken.VALUE_STRING)) {
        return (LocalDate) context.handleUnexpectedToken(LocalDate.class, json);
      }
      String text = json.getText();
      try {
        if (FORM.matcher(text).matches()) {
          return LocalDate.parse(text);
        }
      } catch (DateTimeException noSuchDay) {
        // falls through: the sentence is the same
      }
      return (LocalDate) context.handleWeirdStringValue(LocalDate.class, text, "no date");
    }
  }

  /** A part of a referral, each value as in the whole one; null empties. */
  private static class Correction extends StdDeserializer<Changes> {
    Correction() {
      super(Changes.class);
    }

    @Override
    public Changes deserialize(JsonParser json, DeserializationContext context) throws IOException {
      JsonNode given = context.readTree(json);
      context.readTreeAsValue(given, Referral.class);
      if (given.path("eligibility").isNull()) {
        throw new BadInput(
            "eligibility", "Name each answer that is to be emptied, such as {\"uiStatus\": null}.");
      }
      JavaType values =
          context.getTypeFactory().constructMapType(Map.class, String.class, Object.class);
      return Changes.of(context.readTreeAsValue(given, values));
    }
  }
}
