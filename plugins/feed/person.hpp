#pragma once

#include <string>

namespace crier::feed {

/// Whose name stands in what RSS has for a person: "Jo Writer" of "jo@example.org (Jo Writer)", "Jo Writer
/// <jo@example.org>", "jo@example.org, Jo Writer". The address where there is no name; one line.
[[nodiscard]] std::string person_name(std::string text);

/// Whether it is an address of e-mail and nothing else.
[[nodiscard]] bool is_mail_address(const std::string& text);

} // namespace crier::feed
