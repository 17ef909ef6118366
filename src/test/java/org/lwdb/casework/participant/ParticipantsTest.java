package org.lwdb.casework.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lwdb.casework.participant.People.person;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.springframework.beans.factory.annotation.Autowired;

@CaseworkTest
class ParticipantsTest {

  private static final Set<String> ONONDAGA = Set.of("onondaga");

  @Autowired Participants participants;
  @Autowired ParticipantFile file;
  @Autowired Cases cases;
  @Autowired Intake intake;
  @Autowired MovableClock clock;

  @BeforeEach
  void monday() {
    clock.reset();
  }

  @Test
  void aCaseOfAnotherBoardIsNotFound() {
    Participant participant = open();

    assertThat(participants.require(participant.caseNumber(), ONONDAGA)).isEqualTo(participant);
    assertThatThrownBy(() -> participants.require(participant.caseNumber(), Set.of("suffolk")))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> participants.require(participant.caseNumber(), Set.of()))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> participants.get(-1)).isInstanceOf(NotFound.class);
    assertThat(search(participant.email(), null, Set.of("suffolk"))).isEmpty();
    assertThat(search(participant.email(), null, Set.of())).isEmpty();
  }

  @Test
  void peopleAreFoundByPartsOfTheirNamesAddressesAndNumbers() {
    Participant zelda =
        open(
            "firstName", "Zelda",
            "lastName", "Findable",
            "email", "z.f@example.org",
            "ososId", "NY900000001");
    Participant zeno = open("firstName", "Zeno", "lastName", "Findable");
    file.apply(
        zelda.id(), ParticipantFile.Changes.of(People.map("email", "zelda.new@example.org")));

    assertThat(search("findAB")).containsExactlyInAnyOrder(zelda.id(), zeno.id());
    assertThat(search(" zel  findable ")).containsExactly(zelda.id());
    assertThat(search("FINDABLE zeno")).containsExactly(zeno.id());
    assertThat(search("Z.F@example.org")).as("known from before").containsExactly(zelda.id());
    assertThat(search(zeno.caseNumber().toLowerCase())).containsExactly(zeno.id());
    assertThat(search("ny900000001")).containsExactly(zelda.id());
    assertThat(search("nobody findable")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "_scaped", "Es%ped", "\\", "' or 1=1 --"})
  void whatIsSearchedForIsTakenLiterally(String query) {
    open("lastName", "Escaped");

    assertThat(search(query)).isEmpty();
  }

  @Test
  void noSocialSecurityNumberIsSearchedFor() {
    assertThatThrownBy(() -> search("123-45-6789"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("Social Security");
  }

  @Test
  void theStageNarrowsASearch() {
    Participant outreach = open("lastName", "Stagesearch");
    open("lastName", "Stagesearch");
    cases.enter(outreach.id(), "OUTREACH");

    assertThat(search("stagesearch", "OUTREACH", ONONDAGA)).containsExactly(outreach.id());
    assertThat(search("stagesearch", " ", ONONDAGA)).hasSize(2);
    assertThatThrownBy(() -> search("stagesearch", "NOWHERE", ONONDAGA))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("OUTREACH");
  }

  @Test
  void pagesAreInAStableOrder() {
    Participant first = open("firstName", "Cleo", "lastName", "Pagesearch");
    Participant second = open("firstName", "Abel", "lastName", "Pagesearch");
    clock.advance(Duration.ofMinutes(1));
    Participant third = open("firstName", "Bert", "lastName", "pagesearch");

    Page<Participant> page = page("pagesearch", 1, 2, null);

    assertThat(page.content()).extracting(Participant::id).containsExactly(first.id());
    assertThat(page.page()).isEqualTo(new Page.Numbers(1, 2, 3, 2));
    assertThat(ids(page("pagesearch", 0, 10, null)))
        .containsExactly(third.id(), second.id(), first.id());
    assertThat(ids(page("pagesearch", 0, 10, "firstName")))
        .containsExactly(second.id(), third.id(), first.id());
    assertThat(ids(page("pagesearch", 0, 10, "caseNumber,asc")))
        .containsExactly(first.id(), second.id(), third.id());
    assertThat(ids(page("pagesearch", 0, 10, "lastName,desc")))
        .containsExactly(third.id(), second.id(), first.id());
    assertThat(page("pagesearch", 5, 10, null).page().totalElements()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"caseNumber", "lastName", "firstName", "stage", "openedAt", "closedAt", "email"})
  void aListIsSortedByEachOfItsFields(String field) {
    Participant one = open("lastName", "Sortsearch" + field);

    assertThat(ids(page("Sortsearch" + field, 0, 10, field + ",desc"))).containsExactly(one.id());
    assertThatThrownBy(() -> page(null, 0, 10, "osos_id")).isInstanceOf(BadInput.class);
  }

  private List<Long> search(String query) {
    return search(query, null, ONONDAGA);
  }

  private List<Long> search(String query, String stage, Set<String> boards) {
    return ids(participants.search(query, stage, boards, new Page.Request(0, 50, null)));
  }

  private Page<Participant> page(String query, int number, int size, String sort) {
    return participants.search(query, null, ONONDAGA, new Page.Request(number, size, sort));
  }

  private static List<Long> ids(Page<Participant> page) {
    return page.content().stream().map(Participant::id).toList();
  }

  private Participant open(Object... values) {
    return People.open(intake, participants, person(values));
  }
}
