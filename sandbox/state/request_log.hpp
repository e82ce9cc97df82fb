#pragma once

#include "sandbox/state/time.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crier::sandbox {

/// A part of a multipart body.
struct LoggedPart {
    std::string name;
    std::string filename;
    std::string content_type;
    std::size_t size = 0;
    std::string text; ///< of parts that are no files
};

struct LogEntry {
    std::uint64_t number = 0;
    Time at;
    std::string method;
    std::string path;
    std::string query;
    std::string key;           ///< Idempotency-Key
    std::string token_account; ///< whose token it carried; empty: none, or an unknown one
    int status = 0;            ///< 0: not answered
    std::optional<Time> over;  ///< when the answer had left, or its client
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::vector<LoggedPart> parts;
    std::string fault;
    std::string status_id; ///< the status that it made, or found under its key
};

/// What came in, in order. Knows the last so many, and forgets the oldest.
class RequestLog {
public:
    static constexpr std::size_t most_entries = 100'000;
    static constexpr std::size_t most_bytes = 128U << 20U;
    static constexpr std::size_t most_text = 8U << 10U; ///< of a body or a part

    /// Gives the entry its number. The reference holds until the next one.
    LogEntry& add(LogEntry entry);
    /// Null: forgotten.
    [[nodiscard]] LogEntry* find(std::uint64_t number);
    [[nodiscard]] const std::deque<LogEntry>& entries() const noexcept { return entries_; }
    /// Numbers go on.
    void clear();

private:
    std::deque<LogEntry> entries_;
    std::deque<std::size_t> sizes_;
    std::size_t bytes_ = 0;
    std::uint64_t last_ = 0;
};

} // namespace crier::sandbox
