package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.process.access.FirstPasswords;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a new person's one-time link leads: to choose the first password. */
@Hidden
@Controller
@RequestMapping(FirstPasswords.PATH + "{token}")
class FirstPasswordPage {

  private final FirstPasswords passwords;
  private final CaseworkSettings settings;

  FirstPasswordPage(FirstPasswords passwords, CaseworkSettings settings) {
    this.passwords = passwords;
    this.settings = settings;
  }

  /** The address is a secret: it goes into no cache and to no other site. */
  @ModelAttribute
  void keepPrivate(@PathVariable String token, Model model, HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Robots-Tag", "noindex");
    model.addAttribute("helpAddress", settings.mail().helpAddress());
    model.addAttribute("username", passwords.usernameOf(token).orElse(null));
  }

  @GetMapping
  String ask(Model model, HttpServletResponse response) {
    if (model.getAttribute("username") == null) {
      response.setStatus(HttpStatus.NOT_FOUND.value());
    }
    return "first-password";
  }

  @PostMapping
  String choose(
      @PathVariable String token,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String again,
      Model model,
      HttpServletResponse response) {
    try {
      if (!password.equals(again)) {
        throw new BadInput("again", "The two passwords differ: type the same one twice.");
      }
      passwords.choose(token, password);
      return "redirect:" + SecurityRules.SIGN_IN + "?password-chosen";
    } catch (BadInput e) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
      model.addAttribute("problem", e.getMessage());
      return "first-password";
    } catch (NotFound e) {
      response.setStatus(HttpStatus.NOT_FOUND.value());
      model.addAttribute("username", null);
      return "first-password";
    }
  }
}
