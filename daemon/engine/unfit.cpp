#include "engine/unfit.hpp"

#include "core/text/length.hpp"
#include "core/text/plain.hpp"

#include <algorithm>

namespace crier::engine {
namespace {

/// "mastodon 4.2.1": what people look up.
std::string named(const ServerProfile& server) {
    return server.version.find(server.software) != std::string::npos
               ? server.version
               : server.software + (server.version.empty() ? "" : " " + server.version);
}

Failure unfit(std::string message, std::string hint) {
    return Failure{Cause::usage, std::move(message), std::move(hint)};
}

Result<> check_poll(const Poll& poll, const PostContent& content, const ServerProfile& server) {
    const PollLimits& limits = server.polls;
    if (limits.options == 0)
        return unfit("the server has no polls (" + named(server) + ")", "leave the poll out");
    if (poll.options.size() < 2 || poll.options.size() > limits.options)
        return unfit("a poll of " + text::counted(poll.options.size(), "answer", "answers") +
                         ", and the server takes 2 to " + std::to_string(limits.options),
                     "");
    for (const std::string& option : poll.options) {
        const std::size_t length = text::units(option, server.length_unit);
        if (length == 0)
            return unfit("an answer of the poll is empty", "what stands between {{ }} in it had no value");
        if (length > limits.characters)
            return unfit("the answer \"" + text::shorten(text::one_line(option), 40) + "\" of the poll has " +
                             std::to_string(length) + " characters, and the server takes " +
                             std::to_string(limits.characters),
                         "");
        if (std::count(poll.options.begin(), poll.options.end(), option) > 1)
            return unfit("two answers of the poll say the same: " + text::shorten(text::one_line(option), 40),
                         "");
    }
    if (poll.open < limits.shortest || poll.open > limits.longest)
        return unfit("a poll that is open for " + to_text(poll.open) + ", and the server takes from " +
                         to_text(limits.shortest) + " to " + to_text(limits.longest),
                     "");
    if (!content.media.empty() && !limits.with_media)
        return unfit("a poll with media, and the server takes the one or the other (" + named(server) + ")",
                     "Mastodon takes both from 4.6 on");
    return {};
}

} // namespace

std::string why_unfit(const Failure& unfit) {
    return unfit.message + (unfit.hint.empty() ? "" : "; " + unfit.hint);
}

Result<> check_forms(const PostContent& content, const ServerProfile& server) {
    if (!server.known)
        return {}; // it is asked before anything is sent to it, and then this is asked again
    if (server.needs_media && content.media.empty())
        return unfit("the server takes no post without media (" + named(server) + ")",
                     "give it a picture: `media:`");
    if (content.local_only && !content.status.ends_with(server.local_mark))
        return unfit("on this server a post stays there when its text ends with" + server.local_mark +
                         ", which this one lacks",
                     "write it there");
    if (content.media.size() > server.max_media)
        return unfit("the post has " + std::to_string(content.media.size()) +
                         " media, and the server takes " + std::to_string(server.max_media),
                     "");
    if (content.poll)
        if (Result<> good = check_poll(*content.poll, content, server); !good)
            return good;
    if (!content.quote.empty() && !server.quotes)
        return unfit("the server has no quotes (" + named(server) + ")",
                     "put the address of the post into the text instead");
    if (content.quote_policy != QuotePolicy::unsaid && !server.quote_policies)
        return unfit("nobody can say on this server who may quote a post (" + named(server) + ")",
                     "leave `quote_policy` out");
    if (content.local_only && !server.local_only)
        return unfit("the server does not offer that a post stays there (" + named(server) + ")",
                     "without `local_only` it would go to everybody who follows");
    if (!content.content_type.empty() && std::find(server.content_types.begin(), server.content_types.end(),
                                                   content.content_type) == server.content_types.end())
        return unfit("the server does not read " + content.content_type + " (" + named(server) +
                         "): it would show its marks as they are",
                     "leave `content_type` out");
    return {};
}

} // namespace crier::engine
