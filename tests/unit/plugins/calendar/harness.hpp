#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::calendar::test {

using Settings = std::vector<std::pair<std::string, std::string>>;

/// An item that came through the door: what of it is a time, and all of it as text.
struct Seen {
    std::string id;
    std::int64_t due = 0;
    std::int64_t expires = 0;
    std::string told; ///< "word=value" of all that it has, with blanks between
};

/// What came through the plugin's door for one calendar.
struct Yield {
    std::vector<Seen> items;
    std::vector<std::string> warnings;
    std::string error; ///< empty: it was read
};

/// An instance of the plugin, opened and closed through the C table as the host does.
class Instance {
public:
    explicit Instance(const Settings& settings);
    ~Instance();
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    /// Empty unless the settings are wrong.
    [[nodiscard]] const std::string& refused() const { return refused_; }
    /// `most`: so many items are taken. Without `words`, `told` stays empty: they take longer than the look.
    [[nodiscard]] Yield look(std::string_view bytes, std::int64_t now, std::size_t most = 1'000'000,
                             bool words = true) const;

private:
    void* instance_ = nullptr;
    std::string refused_;
};

/// Microseconds since the epoch of a time such as "2026-11-24T12:00:00Z".
[[nodiscard]] std::int64_t at(std::string_view time);

/// The time of most tests.
inline const std::string december = "2026-12-01T00:00:00Z";

/// What a look of a new instance gives.
[[nodiscard]] Yield look(std::string_view bytes, std::string_view now, const Settings& settings = {});

/// Its items, warnings and error, each on a line with "- ", "! " or "error: " before it. Words of an item, in
/// this order: id, title, link, summary, content, author, language, published, updated, due, expires,
/// category, media (url,type,from). Line breaks in a value are shown as "|".
[[nodiscard]] std::string told(std::string_view bytes, std::string_view now, const Settings& settings = {});

/// Of each item the due time and the id, "due id" a line.
[[nodiscard]] std::string dues(std::string_view bytes, std::string_view now, const Settings& settings = {});

/// A calendar of these lines, which are given with '\n' between.
[[nodiscard]] std::string calendar(std::string_view lines);

/// A calendar with one event of these lines, and UID:e.
[[nodiscard]] std::string event(std::string_view lines);

} // namespace crier::calendar::test
