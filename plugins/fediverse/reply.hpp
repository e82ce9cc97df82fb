#pragma once

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace crier::fediverse {

/// A server's answer as JSON. Throws sdk::Error for what is none, and for an error that it tells.
[[nodiscard]] boost::json::value read_reply(std::string_view bytes, const std::string& host);

} // namespace crier::fediverse
