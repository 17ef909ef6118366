package org.lwdb.casework.web;

import java.security.Principal;
import org.lwdb.casework.CaseworkSettings;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The one sign-in for Tasklist, Cockpit, Admin and our pages. */
@Controller
class SignInPage {

  private final CaseworkSettings settings;

  SignInPage(CaseworkSettings settings) {
    this.settings = settings;
  }

  @GetMapping(SecurityRules.SIGN_IN)
  String show(Principal person, Model model) {
    if (person != null) {
      return "redirect:/";
    }
    model.addAttribute("helpAddress", settings.mail().helpAddress());
    return "sign-in";
  }
}
