#pragma once

#include "sdk/crier_plugin.hpp"
#include "webhook/options.hpp"

#include <boost/json/value.hpp>

#include <string_view>

namespace crier::webhook {

/// Each makes of an event that is wanted one item, or says what is gone; of any other, nothing. They throw
/// sdk::Error where an event that is wanted has not what it must have.
void read_github(const boost::json::value& payload, std::string_view event, const Options& options,
                 sdk::Sink& sink);
void read_gitlab(const boost::json::value& payload, const Options& options, sdk::Sink& sink);

/// A push to a branch or of a tag, of any forge.
void read_push(const boost::json::value& payload, const Options& options, sdk::Sink& sink);

/// JSON of any kind: an object, or a list of objects, with an item's keys or what `fields` says.
void read_plain(const boost::json::value& payload, const Options& options, sdk::Sink& sink);

} // namespace crier::webhook
