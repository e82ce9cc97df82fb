#include "config/reader.hpp"

#include "config/words.hpp"
#include "core/nearest.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace crier::config {
namespace {

bool is_shape(Type type, Ref at) {
    switch (type) {
    case Type::section:
    case Type::section_map:
    case Type::conditions:
    case Type::settings:
        return at.is(Kind::map) || at.is(Kind::null);
    case Type::switchable:
        return at.is(Kind::map) || at.is(Kind::null) ||
               (at.is(Kind::scalar) && (at.text() == "off" || at.text() == "false"));
    case Type::interval:
        return at.is(Kind::map) || (at.is(Kind::scalar) && !at.text().empty());
    case Type::section_list:
        return at.is(Kind::list) || at.is(Kind::null);
    case Type::point:
        return at.is(Kind::list);
    case Type::targets:
        return at.is(Kind::map) || at.is(Kind::list);
    case Type::words:
    case Type::moments:
        if (at.is(Kind::list)) {
            for (const Ref item : at)
                if (!item.is(Kind::scalar))
                    return false;
            return at.size() > 0;
        }
        return at.is(Kind::scalar);
    default:
        return at.is(Kind::scalar);
    }
}

/// What people write who know another bot, or another name for it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 26> other_names{
    {{"access_token", "token"},
     {"alt_text", "alt"},
     {"attachments", "media"},
     {"base_url", "server"},
     {"content_warning", "spoiler_text"},
     {"cw", "spoiler_text"},
     {"database", "store"},
     {"description", "alt"},
     {"environment", "env"},
     {"exclude_if", "exclude"},
     {"feed", "url"},
     {"feeds", "sources"},
     {"host", "server"},
     {"images", "media"},
     {"instance", "server"},
     {"interval", "every"},
     {"lang", "language"},
     {"message", "status"},
     {"posts", "schedule"},
     {"privacy", "visibility"},
     {"schedules", "schedule"},
     {"template", "status"},
     {"text", "status"},
     {"time", "at"},
     {"tz", "timezone"},
     {"when", "cron"}}};

constexpr std::array<std::string_view, 10> truth_words{"on",  "off", "yes", "no",   "On",
                                                       "Off", "Yes", "No",  "true", "false"};

bool is_truth_word(std::string_view text) {
    return std::find(truth_words.begin(), truth_words.end(), text) != truth_words.end();
}

std::string known_keys(const Section& section) {
    std::vector<std::string_view> keys;
    for (const Row& row : section.rows)
        if (!row.later)
            keys.push_back(row.key);
    return text::enumerate(keys, "and");
}

std::string meant_instead(const Section& section, std::string_view key) {
    for (const auto& [other, ours] : other_names)
        if (other == key && find_row(section, ours) != nullptr)
            return std::string{ours};
    std::vector<std::string_view> keys;
    for (const Row& row : section.rows)
        keys.push_back(row.key);
    return nearest(key, keys);
}

} // namespace

const Row* find_row(const Section& section, std::string_view key) {
    for (const Row& row : section.rows)
        if (row.key == key)
            return &row;
    return nullptr;
}

std::string found(Ref at) {
    switch (at.kind()) {
    case Kind::null:
        return "nothing";
    case Kind::scalar:
        return at.text().empty() ? "an empty text" : quoted(at.text());
    case Kind::list:
        return at.size() == 0 ? "an empty list" : "a list";
    case Kind::map:
    case Kind::broken:
        return "a mapping";
    }
    return {};
}

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return std::nullopt;
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (hour > 23 || minute > 59)
        return std::nullopt;
    return std::chrono::minutes{hour * 60 + minute};
}

void Reader::wrong_type(const Row& row, Ref at, const Path& path) {
    if (at.is(Kind::broken))
        return;
    std::string hint;
    const bool plain = at.is(Kind::scalar) && at.plain();
    if (at.is(Kind::null) && at.hidden_by_hash())
        hint = "an unquoted # begins a comment: put the text in quotes";
    else if (row.type == Type::boolean && plain && is_truth_word(at.text()))
        hint = "YAML 1.2 knows true and false only";
    else if ((row.type == Type::boolean || row.type == Type::number) && at.is(Kind::scalar) && !plain)
        hint = "write it without quotes";
    else if (row.type == Type::duration && at.is(Kind::scalar) &&
             parse_duration(std::string{at.text()} + 's'))
        hint = "say the unit: " + std::string{at.text()} + "s, " + std::string{at.text()} + "m, ...";
    else if (row.type == Type::time_of_day && plain && parse_time_of_day(at.text()))
        hint = "without quotes, " + std::string{at.text()} + " is a number to base 60 in YAML 1.1";
    else if (row.type == Type::choice && at.is(Kind::scalar)) {
        const std::string near = nearest(at.text(), {row.choices.begin(), row.choices.end()});
        hint = near.empty() ? "" : "did you mean '" + near + "'?";
    } else if (!row.example.empty() && !(at.is(Kind::scalar) && row.type == Type::duration))
        hint = "for example " + std::string{row.key} + ": " + std::string{row.example};
    problems_.error(path, at, "expected " + expectation(row) + ", found " + found(at), std::move(hint));
}

void Reader::not_yet(Ref at, const Path& path, std::string_view what) {
    problems_.error_at(path, at, at.key_position(), std::string{what} + " is known, but not in this version",
                       "leave it out");
}

void Reader::unknown_key(const Section& section, Ref at, const Path& path) {
    const std::string_view key = at.key();
    const std::string meant = meant_instead(section, key);
    std::string hint;
    if (!meant.empty())
        hint = "did you mean '" + meant + "'?";
    else if (at.key_plain() && is_truth_word(key))
        hint = "an unquoted " + std::string{key} +
               " is a truth value to other YAML readers; keys here: " + known_keys(section);
    else
        hint = "keys here: " + known_keys(section);
    problems_.error_at(path, at, at.key_position(), "unknown key", std::move(hint));
}

void Reader::missing_key(const Section& section, const Row& row, Ref at, const Path& path) {
    std::string hint;
    if (!row.example.empty())
        hint = "for example " + std::string{row.key} + ": " + std::string{row.example};
    problems_.error(path, at, "the " + std::string{section.name} + " has no " + std::string{row.key},
                    std::move(hint));
}

bool Reader::fill(const Section& section, void* draft, Ref value, const Path& path,
                  std::vector<Ref>* others) {
    if (value.is(Kind::broken))
        return false;
    if (!value.is(Kind::map) && !value.is(Kind::null)) {
        Row shape;
        shape.type = Type::section;
        wrong_type(shape, value, path);
        return false;
    }
    std::uint64_t seen = 0;
    for (const Ref child : value) {
        const std::string_view key = child.key();
        const Path below{&path, key};
        const Row* row = find_row(section, key);
        if (row == nullptr && section.open && others != nullptr)
            others->push_back(child);
        else if (row == nullptr)
            unknown_key(section, child, below);
        else if (row->later)
            not_yet(child, below, row->key);
        else {
            seen |= std::uint64_t{1} << static_cast<std::uint64_t>(row - section.rows.data());
            row->read(*this, *row, draft, child, below);
        }
    }
    bool whole = true;
    for (std::size_t i = 0; i < section.rows.size(); ++i) {
        if (section.rows[i].required && (seen >> i & 1U) == 0) {
            missing_key(section, section.rows[i], value, path);
            whole = false;
        }
    }
    return whole;
}

bool Reader::value(const Row& row, Ref at, const Path& path, std::string_view& out) {
    const bool time = row.type == Type::time_of_day;
    if (!at.is(Kind::scalar) || time || (at.text().empty() && row.type != Type::template_)) {
        wrong_type(row, at, path);
        return false;
    }
    out = at.text();
    return true;
}

bool Reader::value(const Row& row, Ref at, const Path& path, bool& out) {
    if (!at.is(Kind::scalar) || !at.plain() || (at.text() != "true" && at.text() != "false")) {
        wrong_type(row, at, path);
        return false;
    }
    out = at.text() == "true";
    return true;
}

bool Reader::value(const Row& row, Ref at, const Path& path, int& out) {
    const std::string_view text = at.text();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (!at.is(Kind::scalar) || !at.plain() || text.empty() || error != std::errc{} ||
        end != text.data() + text.size() || (text.size() > 1 && text.front() == '0')) {
        wrong_type(row, at, path);
        return false;
    }
    if (number < row.least || number > row.most) {
        problems_.error(path, at,
                        row.least == row.most
                            ? "expected " + std::to_string(row.least) + ", found " + std::to_string(number)
                            : "expected a number from " + std::to_string(row.least) + " to " +
                                  std::to_string(row.most) + ", found " + std::to_string(number));
        return false;
    }
    out = static_cast<int>(number);
    return true;
}

bool Reader::value(const Row& row, Ref at, const Path& path, Duration& out) {
    const std::optional<Duration> duration =
        at.is(Kind::scalar) ? parse_duration(at.text()) : std::optional<Duration>{};
    if (!duration) {
        wrong_type(row, at, path);
        return false;
    }
    if (*duration < row.shortest || *duration > row.longest) {
        const bool less = *duration < row.shortest;
        problems_.error(path, at,
                        std::string{"expected at "} + (less ? "least " : "most ") +
                            to_text(less ? row.shortest : row.longest) + ", found " + quoted(at.text()),
                        less ? std::string{} : std::string{row.why_longest});
        return false;
    }
    out = *duration;
    return true;
}

bool Reader::value(const Row& row, Ref at, const Path& path, std::chrono::minutes& out) {
    const auto time = at.is(Kind::scalar) && !at.plain() ? parse_time_of_day(at.text())
                                                         : std::optional<std::chrono::minutes>{};
    if (!time) {
        wrong_type(row, at, path);
        return false;
    }
    out = *time;
    return true;
}

bool Reader::value(const Row& row, Ref at, const Path& path, Ref& out) {
    if (row.secret && at.is(Kind::scalar))
        return false;
    if (!is_shape(row.type, at)) {
        wrong_type(row, at, path);
        return false;
    }
    out = at;
    return true;
}

bool Reader::choice(const Row& row, Ref at, const Path& path, std::size_t& out) {
    if (at.is(Kind::scalar)) {
        const auto chosen = std::find(row.choices.begin(), row.choices.end(), at.text());
        if (chosen != row.choices.end()) {
            out = static_cast<std::size_t>(chosen - row.choices.begin());
            return true;
        }
    }
    wrong_type(row, at, path);
    return false;
}

} // namespace crier::config
