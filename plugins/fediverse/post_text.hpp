#pragma once

#include <map>
#include <string>
#include <string_view>

namespace crier::fediverse {

/// Who is mentioned: the address of a page, and "user@host" in full.
using Mentions = std::map<std::string, std::string, std::less<>>;

/// A status' HTML as plain text: mentions in full, hashtags as they are, links by their addresses and not as
/// shortened for the eye; a link on words stands behind them. Linear in the size.
[[nodiscard]] std::string post_text(std::string_view html, const Mentions& mentions);

} // namespace crier::fediverse
