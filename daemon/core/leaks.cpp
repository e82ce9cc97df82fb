#include "core/leaks.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace crier {
namespace {

constexpr std::size_t longest_secret = 4096;
constexpr std::size_t shortest_known = 8;
constexpr std::size_t shortest_named = 16; // behind a key that says what it is
constexpr std::size_t shortest_other = 20; // behind one that may mean something else

bool is_letter(char c) {
    return ascii::lower(c) >= 'a' && ascii::lower(c) <= 'z';
}

bool is_name_char(char c) {
    return is_letter(c) || ascii::is_digit(c) || c == '_' || c == '-';
}

bool is_value_char(char c) {
    return is_name_char(c) || c == '.' || c == '+' || c == '/' || c == '=' || c == '~';
}

bool is_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return ascii::is_digit(c) || (ascii::lower(c) >= 'a' && ascii::lower(c) <= 'f');
    });
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? text[i] != '-' : !is_hex(text.substr(i, 1)))
            return false;
    }
    return true;
}

/// header.claims.signature, in base64.
bool is_jwt(std::string_view text) {
    return text.starts_with("eyJ") && std::count(text.begin(), text.end(), '.') == 2;
}

/// "news-token-2026", "get_secret_2": words and numbers with hyphens between, in small letters or in
/// capitals.
bool is_wordy(std::string_view text) {
    const auto chunks = ascii::split(text, "-_");
    if (chunks.size() < 3)
        return false;
    const auto one_kind = [](std::string_view chunk) {
        const auto all = [&](auto like) { return std::all_of(chunk.begin(), chunk.end(), like); };
        return all(ascii::is_digit) || all([](char c) { return c >= 'a' && c <= 'z'; }) ||
               all([](char c) { return c >= 'A' && c <= 'Z'; });
    };
    return std::all_of(chunks.begin(), chunks.end(), one_kind);
}

/// A path, rather than base64 with a slash in it.
bool is_path(std::string_view text) {
    if (text.front() == '/' || text.front() == '.' || text.front() == '~')
        return true;
    return text.find('/') != std::string_view::npos && text.find('+') == std::string_view::npos &&
           text.back() != '=';
}

/// "aaaa", or of so few different characters that nobody would hand it out.
bool repeats_itself(std::string_view text) {
    std::array<bool, 256> seen{};
    std::size_t different = 0;
    std::size_t run = 1;
    for (std::size_t i = 0; i < text.size(); ++i) {
        run = i > 0 && text[i] == text[i - 1] ? run + 1 : 1;
        if (run >= 6)
            return true;
        bool& known = seen[static_cast<unsigned char>(text[i])];
        different += known ? 0 : 1;
        known = true;
    }
    return different < 8;
}

struct Named {
    Leak::Kind kind;
    std::size_t least; ///< so long at least
};

/// What a key of that name holds; `name` in any spelling: accessToken, ACCESS-TOKEN, MASTODON_ACCESS_TOKEN.
std::optional<Named> named(std::string_view name) {
    std::string plain;
    for (const char c : name)
        if (c != '_' && c != '-')
            plain += ascii::lower(c);
    if (plain.ends_with("accesstoken"))
        return Named{Leak::Kind::access_token, shortest_named};
    if (plain.ends_with("clientsecret"))
        return Named{Leak::Kind::client_secret, shortest_named};
    if (plain.ends_with("refreshtoken") || plain.ends_with("bearertoken"))
        return Named{Leak::Kind::token, shortest_named};
    if (plain.ends_with("token"))
        return Named{Leak::Kind::token, shortest_other};
    if (plain.ends_with("secret"))
        return Named{Leak::Kind::secret, shortest_other};
    return std::nullopt;
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
            if (known[i].size() < shortest_known ||
                (known[i].size() < shortest_other && is_placeholder(known[i])))
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
            // Most words are no keys: their last letter tells.
            const char last = ascii::lower(text_[at - 1]);
            if (at - begin > 64 || (last != 'n' && last != 't' && last != 'r'))
                continue;
            at = after(text_.substr(begin, at - begin), at);
        }
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

    /// Behind the word that ends at `at`: what it is the key of. Where to read on.
    std::size_t after(std::string_view word, std::size_t at) {
        if (ascii::same(word, "bearer")) {
            const std::size_t value = blanks(at);
            return value == at ? at : take(Named{Leak::Kind::bearer, shortest_named}, value);
        }
        const std::optional<Named> key = named(word);
        if (!key)
            return at;
        std::size_t value = at;
        if (value < text_.size() && is_quote(text_[value]))
            ++value;
        value = blanks(value);
        const std::size_t sign = value;
        while (value < text_.size() && value - sign < 2 && is_sign(text_[value]))
            ++value;
        if (value == sign)
            return at;
        value = blanks(value);
        if (value < text_.size() && is_quote(text_[value]))
            ++value;
        return take(*key, value);
    }

    std::size_t take(const Named& key, std::size_t begin) {
        std::size_t end = begin;
        while (end < text_.size() && end - begin <= longest_secret && is_value_char(text_[end]))
            ++end;
        if (end - begin > longest_secret) // "token=token=...": not to be read again from each of them
            return end;
        // A call, a variable, an address go on behind it.
        const bool ends = end == text_.size() || std::string_view{" \t\r\n\"'`,;&#}])<\\"}.find(text_[end]) !=
                                                     std::string_view::npos;
        if (ends && looks_secret(text_.substr(begin, end - begin), key.least))
            found_.push_back({begin, {key.kind, 0, 0, 0, end - begin}});
        // "token = access_token = ...": what was no value may be a key.
        return ends && end > begin && !found_.empty() && found_.back().at == begin ? end : begin;
    }

    [[nodiscard]] std::size_t blanks(std::size_t at) const {
        while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t'))
            ++at;
        return at;
    }

    static bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }
    static bool is_sign(char c) { return c == ':' || c == '=' || c == '>'; }

    std::string_view text_;
    std::size_t most_;
    std::vector<Found> found_;
};

} // namespace

bool is_placeholder(std::string_view value) {
    // By chance a token of 43 characters has one of these once in some thousand times.
    static constexpr std::array<std::string_view, 26> words{
        "xxxx",    "your",  "example", "change",   "placeholder", "token",    "secret",  "sandbox",  "insert",
        "replace", "dummy", "fake",    "redacted", "hidden",      "removed",  "todo",    "password", "here",
        "....",    "****",  "____",    "1234567",  "abcdefg",     "deadbeef", "testing", "sample"};
    if (value.find("...") != std::string_view::npos || value.find("\xE2\x80\xA6") != std::string_view::npos)
        return true;
    const std::string small = ascii::lower(value);
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return small.find(word) != std::string::npos; });
}

bool looks_secret(std::string_view value, std::size_t least) {
    if (value.size() < least || value.size() > longest_secret ||
        !std::all_of(value.begin(), value.end(), is_value_char))
        return false;
    const bool mixed = std::any_of(value.begin(), value.end(), is_letter) &&
                       std::any_of(value.begin(), value.end(), ascii::is_digit);
    if (!mixed || repeats_itself(value))
        return false;
    if (is_jwt(value))
        return true; // what is in it may say anything
    constexpr std::size_t sha256_digits = 64;
    const bool digest = value.size() >= sha256_digits && is_hex(value);
    return !digest && !is_uuid(value) && !is_path(value) && value.find('.') == std::string_view::npos &&
           !is_wordy(value) && !is_placeholder(value);
}

bool is_lone_secret(std::string_view text) {
    return looks_secret(ascii::trimmed(text), shortest_other);
}

std::vector<Leak> find_leaks(std::string_view text, const std::vector<std::string_view>& known,
                             std::size_t most) {
    LeakFinder finder{text, most};
    finder.find_known(known);
    finder.find_named();
    return std::move(finder).in_order();
}

} // namespace crier
