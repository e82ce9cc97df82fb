#pragma once

#include "sandbox/state/world.hpp"

#include <boost/json/object.hpp>

namespace crier::sandbox {

[[nodiscard]] boost::json::object account_json(const World& world, const Account& account);
[[nodiscard]] boost::json::object status_json(const World& world, const Status& status);
[[nodiscard]] boost::json::object scheduled_json(const World& world, const Scheduled& scheduled);
/// `url` is null while the file is being processed.
[[nodiscard]] boost::json::object media_json(const World& world, const Attachment& attachment, Time now);

/// Where a status is to be seen.
[[nodiscard]] std::string status_url(const World& world, const Status& status);

} // namespace crier::sandbox
