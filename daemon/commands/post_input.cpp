#include "commands/post_input.hpp"

#include "core/text/utf8.hpp"

#include <climits>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <random>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace crier::commands {

namespace {

/// A clock that is a little off, or a script that took its time, is no mistake.
constexpr auto late_at_most = std::chrono::minutes{1};

/// Without --key each call is a post of its own; kept over this call's own reconnects.
std::string fresh_key() {
    std::random_device device;
    return digest_of(std::to_string(device()) + std::to_string(device()) + std::to_string(device()) +
                     std::to_string(device()))
        .hex();
}

/// Of text that has passed check_characters().
bool is_blank(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
        const text::CodePoint point = text::code_point(text, at);
        if (!text::is_space(point.value))
            return false;
        at += point.size;
    }
    return true;
}

Result<> check_all_characters(const PostOptions& options, const std::string& text) {
    const std::pair<const char*, const std::string&> given[] = {{"the text", text},
                                                                {"--cw", options.spoiler_text},
                                                                {"--key", options.key},
                                                                {"--account", options.account},
                                                                {"--language", options.language}};
    for (const auto& [what, value] : given)
        if (Result<> good = check_characters(value, what); !good)
            return good;
    for (const std::string& alt : options.alt)
        if (Result<> good = check_characters(alt, "--alt"); !good)
            return good;
    for (const std::string& path : options.media)
        if (Result<> good = check_characters(path, "the name of a --media"); !good)
            return good;
    for (const std::string& option : options.poll)
        if (Result<> good = check_characters(option, "--poll"); !good)
            return good;
    return {};
}

/// Its absolute path.
Result<std::string> regular_file(const std::string& path, const std::string& option) {
    char resolved[PATH_MAX];
    struct stat info {};
    if (::realpath(path.c_str(), resolved) == nullptr || ::stat(resolved, &info) != 0)
        return Failure{Cause::usage, path + ": there is no such file"};
    if (!S_ISREG(info.st_mode))
        return Failure{Cause::usage, path + (S_ISDIR(info.st_mode) ? " is a folder" : " is no regular file"),
                       option + " takes one file, of which a copy is kept until the post is out"};
    return std::string{resolved};
}

/// "0.5,-0.25"
std::optional<Focus> read_focus(std::string_view text) {
    const auto comma = text.find(',');
    if (comma == std::string_view::npos)
        return std::nullopt;
    Focus focus;
    for (const auto& [part, number] :
         {std::pair{text.substr(0, comma), &focus.x}, std::pair{text.substr(comma + 1), &focus.y}}) {
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), *number);
        if (error != std::errc{} || end != part.data() + part.size() || !(*number >= -1 && *number <= 1))
            return std::nullopt;
    }
    return focus;
}

/// What a status is beside its text and its media.
Result<> read_post_forms(const PostOptions& options, engine::PostOrder& order) {
    if (!options.poll.empty()) {
        Poll poll;
        poll.options = options.poll;
        if (poll.options.size() < 2)
            return Failure{Cause::usage, "a poll has two answers or more", "--poll Tea --poll Coffee"};
        const std::optional<Duration> open = parse_duration(options.poll_for);
        if (!open || *open <= Duration::zero() || *open > std::chrono::hours{24 * 366})
            return Failure{Cause::usage,
                           "--poll-for is a duration such as 1d or 12h, not " + options.poll_for};
        poll.open = *open;
        poll.multiple = options.poll_multiple;
        poll.hide_totals = options.poll_hide_totals;
        order.poll = std::move(poll);
    } else if (options.poll_multiple || options.poll_hide_totals) {
        return Failure{Cause::usage, "there is no poll", "--poll Tea --poll Coffee"};
    }
    if (options.focus.size() > options.media.size() || options.thumbnail.size() > options.media.size())
        return Failure{Cause::usage, "there are more --focus or --thumbnail than --media",
                       "each is of the --media before it"};
    order.in_reply_to = options.in_reply_to;
    order.quote = options.quote;
    order.pin = options.pin;
    if (options.sensitive)
        order.sensitive = true;
    if (options.local_only)
        order.local_only = true;
    if (!options.content_type.empty())
        order.content_type = options.content_type == "text/plain" ? "" : options.content_type;
    if (options.quote_policy.empty())
        return {};
    order.quote_policy =
        options.quote_policy == "account" ? QuotePolicy::unsaid : parse_quote_policy(options.quote_policy);
    if (!order.quote_policy)
        return Failure{Cause::usage,
                       "--quote-policy is account, public, followers or nobody, not " + options.quote_policy};
    return {};
}

Result<std::vector<Media>> media_of(const PostOptions& options) {
    std::vector<Media> list;
    if (options.alt.size() > options.media.size())
        return Failure{Cause::usage, "there are more --alt than --media",
                       "each --alt describes the --media before it"};
    for (std::size_t i = 0; i < options.media.size(); ++i) {
        const std::string& path = options.media[i];
        const Result<std::string> file = regular_file(path, "--media");
        if (!file)
            return file.error();
        Media media;
        media.file = *file;
        media.strip_metadata = options.strip_metadata;
        if (i < options.alt.size())
            media.alt = options.alt[i];
        if (i < options.focus.size()) {
            media.focus = read_focus(options.focus[i]);
            if (!media.focus)
                return Failure{Cause::usage, "--focus is two numbers from -1 to 1, not " + options.focus[i],
                               "the middle is 0,0, the upper right corner 1,1"};
        }
        if (i < options.thumbnail.size()) {
            const Result<std::string> thumbnail = regular_file(options.thumbnail[i], "--thumbnail");
            if (!thumbnail)
                return thumbnail.error();
            media.thumbnail = *thumbnail;
        }
        if (media.alt.empty())
            return Failure{Cause::usage, path + " has no description",
                           "say what it shows with --alt, for those who cannot see it"};
        list.push_back(std::move(media));
    }
    return list;
}

bool lets_in(const struct stat& file, const struct stat& who, mode_t bit) {
    if (who.st_uid == 0)
        return true;
    if (file.st_uid == who.st_uid)
        return (file.st_mode & (bit << 6U)) != 0;
    return (file.st_mode & (file.st_gid == who.st_gid ? bit << 3U : bit)) != 0;
}

} // namespace

Result<> check_characters(const std::string& text, const std::string& what) {
    for (std::size_t at = 0; at < text.size();) {
        const text::CodePoint point = text::code_point(text, at);
        if (point.value < 0)
            return Failure{Cause::usage, what + " is not UTF-8",
                           "byte " + std::to_string(at + 1) +
                               " is none of it; iconv -f ISO-8859-1 -t UTF-8 helps with old files"};
        if (point.value == 0)
            return Failure{Cause::usage, what + " has a NUL byte in it: is it a text at all?"};
        at += point.size;
    }
    return {};
}

std::string text_or_input(const std::string& given) {
    if (given != "-")
        return given;
    std::string text{std::istreambuf_iterator<char>{std::cin}, {}};
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

Result<engine::PostOrder> order_of(const PostOptions& options, Instant now) {
    engine::PostOrder order;
    order.account = options.account;
    order.spoiler_text = options.spoiler_text;
    order.key = options.key.empty() ? fresh_key() : options.key;
    order.status = text_or_input(options.text);
    if (Result<> good = check_all_characters(options, order.status); !good)
        return good.error();
    if (is_blank(order.status) && options.media.empty())
        return Failure{Cause::usage, "there is nothing to post: the text is empty and no media is given"};
    if (!options.visibility.empty()) {
        order.visibility = parse_visibility(options.visibility);
        if (!order.visibility)
            return Failure{Cause::usage,
                           "--visibility is public, unlisted, private or direct, not " + options.visibility};
    }
    if (!options.language.empty())
        order.language = options.language;
    if (!options.at.empty()) {
        order.at = parse_ahead(options.at, now);
        if (!order.at)
            return Failure{Cause::usage, "--at does not read as a time: " + options.at,
                           "write it with its zone, as 2026-12-24T18:00:00+01:00, or how long from now (2h)"};
        // With a key it may be a script's repeat, late: the same key never makes two posts.
        if (options.key.empty() && now - *order.at > late_at_most)
            return Failure{Cause::usage, "--at is past: " + show_time(*order.at),
                           "it is " + show_time(now) + " now; without --at the post goes out at once"};
    }
    if (Result<> good = read_post_forms(options, order); !good)
        return good.error();
    Result<std::vector<Media>> media = media_of(options);
    if (!media)
        return media.error();
    order.media = std::move(*media);
    return order;
}

std::vector<std::string> closed_to_owner_of(const std::string& socket, const std::vector<Media>& media) {
    std::vector<std::string> closed;
    struct stat owner {};
    if (::stat(socket.c_str(), &owner) != 0 || owner.st_uid == ::geteuid())
        return closed;
    for (const Media& one : media) {
        bool open = true;
        for (std::size_t end = one.file.find('/', 1); open; end = one.file.find('/', end + 1)) {
            const bool last = end == std::string::npos;
            struct stat info {};
            open = ::stat(one.file.substr(0, end).c_str(), &info) == 0 &&
                   lets_in(info, owner, last ? S_IROTH : S_IXOTH);
            if (last)
                break;
        }
        if (!open)
            closed.push_back(one.file);
    }
    return closed;
}

} // namespace crier::commands
