#pragma once

#include "core/delivery/reply.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What comes back over the wire, read without trust. Pure.
namespace crier::mastodon {

/// A Status with an id. A ScheduledStatus is none, and so is everything that does not read.
[[nodiscard]] std::optional<PublishedStatus> read_status(std::string_view body);

struct Attachment {
    std::string id;
    bool has_address = false; ///< its `url`, which is null while it is being processed
};
[[nodiscard]] std::optional<Attachment> read_attachment(std::string_view body);

/// `scopes` of an application (Mastodon 4.3 on); empty where it does not say.
[[nodiscard]] std::vector<std::string> read_scopes(std::string_view body);

/// Its `name`; empty where it does not say.
[[nodiscard]] std::string read_application(std::string_view body);

/// The instance document, v2 or v1; what it does not say has Mastodon's defaults. Nothing when it is none.
[[nodiscard]] std::optional<ServerProfile> read_instance(std::string_view body);

} // namespace crier::mastodon
