// Asks the browser for a passkey when the button is pressed, and sends its answer in the form. Nothing is fetched.
(function () {
  "use strict";

  var GONE = 270000; // milliseconds, after which what the page asks for is too old to be answered
  var WORDS = {
    NotAllowedError: "Nothing was sent: it was cancelled, took too long, or this device has no passkey for this site. Try again, or use another way.",
    InvalidStateError: "This device has a passkey for you here already. Use that one.",
    SecurityError: "Passkeys of this site work at its own address alone. Open it at ",
    NotSupportedError: "This device can’t make a passkey that this site takes. Try another device or a security key.",
    ConstraintError: "This device can’t check that it is you. Switch on its lock, or try another device.",
  };
  var OTHERWISE = "This browser could not use a passkey. Try again, or use another way.";
  var NONE = "This browser has no passkeys. Use another browser or another way.";

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = Array.from(new Uint8Array(buffer), function (byte) { return String.fromCharCode(byte); }).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function named(known) {
    return known.map(function (each) { return { type: each.type, id: bytes(each.id) }; });
  }

  // What the page asks for, with bytes where the browser wants them.
  function ask(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) {
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = named(options.excludeCredentials);
      return navigator.credentials.create({ publicKey: options });
    }
    options.allowCredentials = named(options.allowCredentials);
    return navigator.credentials.get({ publicKey: options });
  }

  function packed(passkey) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (passkey.response[name]) response[name] = text(passkey.response[name]);
    });
    return JSON.stringify({ id: passkey.id, rawId: text(passkey.rawId), type: passkey.type, response: response });
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var said = form.querySelector("[role=alert]");
    var button = form.querySelector("button");
    var opened = Date.now();

    function say(words) {
      said.textContent = words;
      said.hidden = !words;
    }

    form.querySelector("[data-without]").hidden = true;
    if (!window.PublicKeyCredential || !navigator.credentials) return say(NONE);
    button.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (Date.now() - opened > GONE) {
        form.elements.answer.disabled = true; // without an answer the page comes anew, with what was typed
        return form.submit();
      }
      var name = form.querySelector("[required]"); // asked for before a device makes what it can't take back
      if (name && !name.value.trim()) name.value = "";
      if (!form.reportValidity()) return;
      var options = JSON.parse(form.dataset.passkey);
      say("");
      button.disabled = true;
      Promise.resolve(options).then(ask).then(function (passkey) {
        form.elements.answer.value = packed(passkey);
        form.submit();
      }).catch(function (fault) {
        var words = WORDS[fault.name] || OTHERWISE;
        say(fault.name === "SecurityError" ? words + (options.rpId || options.rp.id) + "." : words);
        button.disabled = false;
      });
    });
    window.addEventListener("pageshow", function (event) {
      if (event.persisted) location.reload(); // what it asked for has been answered
    });
  });
})();
