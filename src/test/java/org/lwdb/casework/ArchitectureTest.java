package org.lwdb.casework;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.util.Date;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the rules of the house: which package may know which, and what none of them may do. */
class ArchitectureTest {

  private static final String HOUSE = "org.lwdb.casework";

  /** The rooms of each floor, from the top of the house down; imports only go down. */
  private static final String[][] FLOORS = {
    {"web"},
    {"process"},
    {"report"},
    {"osos", "administrator"},
    {"mail"},
    {"learning"},
    {"participant"},
    {"localarea"}
  };

  /** Rooms that all floors share and that know nobody. */
  private static final String[] SHARED = {"spreadsheet"};

  private static final String[] DOMAIN =
      Stream.of(FLOORS)
          .skip(2)
          .flatMap(Stream::of)
          .map(ArchitectureTest::room)
          .toArray(String[]::new);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(HOUSE);

  @Test
  void importsOnlyGoDown() {
    var floors =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (String[] floor : FLOORS) {
      for (String room : floor) {
        floors = floors.layer(room).definedBy(room(room));
      }
    }
    for (int i = 0; i < FLOORS.length; i++) {
      String[] above = Stream.of(FLOORS).limit(i).flatMap(Stream::of).toArray(String[]::new);
      for (String room : FLOORS[i]) {
        floors =
            above.length == 0
                ? floors.whereLayer(room).mayNotBeAccessedByAnyLayer()
                : floors.whereLayer(room).mayOnlyBeAccessedByLayers(above);
      }
    }
    floors.check(CLASSES);
  }

  @Test
  void everyClassHasItsRoom() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.of(
                    Stream.of(HOUSE),
                    Stream.of(FLOORS).flatMap(Stream::of).map(ArchitectureTest::room),
                    Stream.of(SHARED).map(ArchitectureTest::room))
                .flatMap(names -> names)
                .toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void whatAllShareKnowsNoRoom() {
    noClasses()
        .that()
        .resideInAPackage(HOUSE)
        .should()
        .dependOnClassesThat(resideInAPackage(HOUSE + ".*.."))
        .check(CLASSES);
    for (String shared : SHARED) {
      noClasses()
          .that()
          .resideInAPackage(room(shared))
          .should()
          .dependOnClassesThat(
              resideInAPackage(HOUSE + "..").and(not(resideInAPackage(room(shared)))))
          .check(CLASSES);
    }
  }

  @Test
  void packagesKnowEachOtherInNoCircles() {
    slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyProcessKnowsCamunda() {
    noClasses()
        .that(resideOutsideOfPackages(room("process")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.camunda..")
        .check(CLASSES);
  }

  /** RestClient is no part of this: it calls others. */
  @Test
  void theDomainKnowsNoWeb() {
    noClasses()
        .that()
        .resideInAnyPackage(DOMAIN)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "jakarta.servlet..",
                "jakarta.ws.rs..",
                "org.springframework.web.bind..",
                "org.springframework.web.context..",
                "org.springframework.web.filter..",
                "org.springframework.web.method..",
                "org.springframework.web.multipart..",
                "org.springframework.web.servlet.."))
        .check(CLASSES);
  }

  @Test
  void sqlIsWrittenAndNotMapped() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta.persistence..", "org.hibernate..", "org.springframework.data.jpa..")
        .check(CLASSES);
  }

  @Test
  void timeComesFromTheClock() {
    noClasses()
        .should()
        .callCodeUnitWhere(
            describe("asks the machine for the time", ArchitectureTest::asksTheMachine))
        .check(CLASSES);
  }

  @Test
  void nothingIsPrintedAndNothingInjectedIntoFields() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(CLASSES);
  }

  private static String room(String name) {
    return HOUSE + "." + name + "..";
  }

  private static boolean asksTheMachine(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    String name = call.getName();
    if (owner.isEquivalentTo(System.class)) {
      return name.equals("currentTimeMillis");
    }
    if (owner.isEquivalentTo(Date.class)) {
      return name.equals("<init>") && call.getTarget().getRawParameterTypes().isEmpty();
    }
    return owner.getPackageName().equals("java.time")
        && name.equals("now")
        && call.getTarget().getRawParameterTypes().stream()
            .noneMatch(parameter -> parameter.isEquivalentTo(Clock.class));
  }

  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
          return "packages";
        }
      };
}
