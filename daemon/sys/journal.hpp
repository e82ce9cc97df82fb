#pragma once

#include "sys/descriptor.hpp"

#include <string>
#include <vector>

namespace crier::sys {

/// Lines with fields for systemd's journal, by its native protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL),
/// which is a datagram. Written here because libsystemd brings five more libraries into a small process for
/// it.
///
/// Thread: one at a time.
class Journal {
public:
    explicit Journal(std::string socket = "/run/systemd/journal/socket");

    /// Fields as NAME=value. False: the journal did not take them (it is not there, or it is stuck).
    [[nodiscard]] bool send(const std::vector<std::string>& fields);

private:
    std::string path_;
    Descriptor channel_;
};

/// The datagram's bytes. A value with line breaks goes in behind its length.
[[nodiscard]] std::string journal_datagram(const std::vector<std::string>& fields);

} // namespace crier::sys
