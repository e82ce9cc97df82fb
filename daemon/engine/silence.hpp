#pragma once

#include "core/settings.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <vector>

/// Accounts and sources that should have posted, and did not.
namespace crier::engine {

/// "account:news", "source:blog": those that have anything to post from.
[[nodiscard]] std::vector<std::string> silence_subjects(const Settings& settings);

/// Since when it is silent; nothing: it is not. An account is when it published nothing for so long although
/// something was due; a source when it has had nothing new for so long, and for longer than is its way.
[[nodiscard]] boost::asio::awaitable<Result<std::optional<Instant>>>
silence_of(Store& store, const Settings& settings, std::string subject, Instant now);

[[nodiscard]] std::string silence_text(const std::string& subject, Instant since);
[[nodiscard]] std::string silence_action(const std::string& subject);

} // namespace crier::engine
