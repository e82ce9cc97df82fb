#pragma once

#include "sandbox/content/page.hpp"

#include <string>
#include <string_view>

/// What timeline_page() is put together from.
namespace crier::sandbox {

[[nodiscard]] std::string_view page_style();

/// One status as an `<li>`.
[[nodiscard]] std::string status_card(const PageStatus& status);

/// Two letters for an account's picture: "NR" of "news_room", "NE" of "news".
[[nodiscard]] std::string initials(std::string_view account);

} // namespace crier::sandbox
