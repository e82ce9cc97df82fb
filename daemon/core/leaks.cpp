#include "core/leaks.hpp"

#include "core/ascii.hpp"
#include "core/leak_key.hpp"
#include "core/leak_value.hpp"
#include "core/secret_looks.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace crier {
namespace {

constexpr std::size_t shortest_known = 8;
constexpr std::size_t longest_word = 64;

bool is_name_char(char c) {
    return is_secret_char(c) && std::string_view{".+/=~"}.find(c) == std::string_view::npos;
}

/// Most words are no keys, and this tells it soon.
bool may_be_key(std::string_view word) {
    if (word.size() > longest_word)
        return false;
    for (const std::string_view part : {"token", "secret", "bearer"})
        for (std::size_t at = 0; at + part.size() <= word.size(); ++at)
            if (ascii::lower(word[at]) == part.front() && ascii::same(word.substr(at, part.size()), part))
                return true;
    return false;
}

/// Reads one text from its begin to its end.
class LeakFinder {
public:
    LeakFinder(std::string_view text, std::size_t most)
        : text_(text)
        , most_(most) {}

    void find_known(const std::vector<std::string_view>& known) {
        for (std::size_t i = 0; i < known.size(); ++i) {
            // A long one that a server handed out may say anything by chance.
            constexpr std::size_t says_anything = 20;
            if (known[i].size() < shortest_known ||
                (known[i].size() < says_anything && is_placeholder(known[i])))
                continue;
            for (std::size_t at = text_.find(known[i]); at != std::string_view::npos && found_.size() < most_;
                 at = text_.find(known[i], at + known[i].size()))
                found_.push_back({at, {Leak::Kind::known, i, 0, 0, known[i].size()}});
        }
    }

    void find_named() {
        for (std::size_t at = 0; at < text_.size() && found_.size() < most_;) {
            if (!is_name_char(text_[at])) {
                ++at;
                continue;
            }
            const std::size_t begin = at;
            while (at < text_.size() && is_name_char(text_[at]))
                ++at;
            if (may_be_key(text_.substr(begin, at - begin)))
                at = after(begin, at);
        }
    }

    /// Each line that is one by itself.
    void find_lone() {
        for (const std::string_view line : ascii::split(text_, "\n"))
            if (const std::string_view word = ascii::trimmed(line); looks_secret(word, Behind::other))
                add(static_cast<std::size_t>(word.data() - text_.data()), Leak::Kind::token, word.size());
    }

    [[nodiscard]] std::vector<Leak> in_order() && {
        std::stable_sort(found_.begin(), found_.end(),
                         [](const Found& a, const Found& b) { return a.at < b.at; });
        std::vector<Leak> leaks;
        std::size_t line_begin = 0;
        std::size_t counted = 0;
        std::size_t end = 0;
        int line = 1;
        for (Found& found : found_) {
            if (found.at < end) // a known one behind its key: once is enough
                continue;
            end = found.at + found.leak.length;
            for (; counted < found.at; ++counted)
                if (text_[counted] == '\n') {
                    ++line;
                    line_begin = counted + 1;
                }
            found.leak.line = line;
            found.leak.column = static_cast<int>(found.at - line_begin) + 1;
            leaks.push_back(found.leak);
        }
        return leaks;
    }

private:
    struct Found {
        std::size_t at;
        Leak leak;
    };

    /// Behind the word: what it is the key of. Where to read on.
    std::size_t after(std::size_t begin, std::size_t end) {
        const std::string_view word = text_.substr(begin, end - begin);
        if (ascii::same(word, "bearer")) {
            const std::size_t value = std::min(text_.find_first_not_of(" \t", end), text_.size());
            return value == end ? end : take({Leak::Kind::bearer, Behind::clear_key}, value);
        }
        const std::optional<LeakKey> key = leak_key(word);
        const std::optional<std::size_t> value = key ? value_of(text_, begin, end) : std::nullopt;
        return value ? take(*key, *value) : end;
    }

    std::size_t take(const LeakKey& key, std::size_t begin) {
        std::size_t end = begin;
        while (end < text_.size() && end - begin <= longest_secret && is_secret_char(text_[end]))
            ++end;
        if (end - begin > longest_secret) // "token=token=...": not to be read again from each of them
            return end;
        // A call, a variable, an address go on behind it.
        const bool ends = end == text_.size() || std::string_view{" \t\r\n\"'`,;&#}])<\\"}.find(text_[end]) !=
                                                     std::string_view::npos;
        if (!ends || !looks_secret(text_.substr(begin, end - begin), key.behind))
            return begin; // "token = access_token = ...": what was no value may be a key
        add(begin, key.kind, end - begin);
        return end;
    }

    void add(std::size_t at, Leak::Kind kind, std::size_t length) {
        if (found_.size() < most_)
            found_.push_back({at, {kind, 0, 0, 0, length}});
    }

    std::string_view text_;
    std::size_t most_;
    std::vector<Found> found_;
};

} // namespace

std::vector<Leak> find_leaks(std::string_view text, const std::vector<std::string_view>& known,
                             std::size_t most) {
    LeakFinder finder{text, most};
    finder.find_known(known);
    finder.find_named();
    return std::move(finder).in_order();
}

std::vector<Leak> find_lone_leaks(std::string_view text) {
    // What is sealed, or a key, is broken into long lines of base64.
    constexpr std::size_t most_lines = 6;
    constexpr std::size_t longest_line = 63;
    std::size_t lines = 0;
    bool short_ones = true;
    for (const std::string_view line : ascii::split(text, "\n")) {
        const std::string_view what = ascii::trimmed(line);
        lines += what.empty() ? 0U : 1U;
        short_ones =
            short_ones && (what.size() <= longest_line || what.find("://") != std::string_view::npos);
    }
    if (!is_lone_secret(text) && (lines > most_lines || !short_ones))
        return {};
    LeakFinder finder{text, most_lines};
    finder.find_lone();
    return std::move(finder).in_order();
}

} // namespace crier
