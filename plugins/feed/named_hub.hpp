#pragma once

#include "kit/address.hpp"
#include "sdk/crier_plugin.hpp"

#include <string>
#include <string_view>

namespace crier::feed {

/// The hub that a feed names, and by which address it is known there (WebSub, 4).
class NamedHub {
public:
    /// Of several, the first that speaks https, else the first.
    void offer(const std::string& address) {
        const bool better = hub_.empty() || (address.starts_with("https:") && !hub_.starts_with("https:"));
        if (kit::is_http(address) && better)
            hub_ = address;
    }
    /// What the feed calls its own address; the first one counts.
    void topic(const std::string& address) {
        if (kit::is_http(address) && topic_.empty())
            topic_ = address;
    }
    void report(sdk::Sink& sink) const {
        if (!hub_.empty() || !topic_.empty())
            sink.hub(hub_, topic_);
    }

private:
    std::string hub_;
    std::string topic_;
};

} // namespace crier::feed
