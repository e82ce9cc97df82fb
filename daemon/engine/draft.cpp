#include "engine/draft.hpp"

#include "core/language.hpp"
#include "core/status_ref.hpp"
#include "core/text/length.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace {

/// One post, or the parts of a thread.
std::vector<Composed> parts_of(Composed first, std::vector<std::string> further,
                               const AccountSettings& account, const ServerProfile& server) {
    std::vector<Composed> parts;
    if (further.empty() && account.defaults && account.defaults->overflow == Overflow::thread)
        return in_parts(std::move(first), server, account.defaults->thread_counter);
    parts.push_back(std::move(first));
    for (std::string& text : further) {
        Composed part;
        part.content = as_further_part(parts.front().content);
        part.content.status = std::move(text);
        parts.push_back(std::move(part));
    }
    return parts;
}

/// What is meant for all that the account posts, by hand as well.
void apply_defaults(PostContent& content, const PostTemplate& defaults) {
    if (defaults.warnings)
        content.spoiler_text =
            with_warnings(std::move(content.spoiler_text), *defaults.warnings, content.status, nullptr);
    for (Media& media : content.media)
        media.strip_metadata = media.strip_metadata || defaults.strip_metadata;
}

/// The first one is told.
void refuse(Draft& draft, Failure problem) {
    if (!draft.problem)
        draft.problem = std::move(problem);
}

/// What the order says, over what the account's defaults do.
PostContent content_of(const Settings& settings, const AccountSettings& account, const ServerProfile& server,
                       Instant now, const PostOrder& order, Draft& draft) {
    PostContent content;
    content.status = order.status;
    content.spoiler_text = order.spoiler_text;
    content.media = order.media;
    if (account.defaults) {
        content.sensitive = account.defaults->sensitive;
        content.visibility = account.defaults->visibility;
        content.language = account.defaults->language;
        content.content_type = account.defaults->content_type;
        content.quote_policy = account.defaults->quote_policy;
        content.local_only = account.defaults->local_only;
        if (content.spoiler_text.empty())
            content.spoiler_text = default_warning(settings, account, now);
    }
    if (!order.visibility && !account.defaults)
        refuse(draft,
               Failure{Cause::usage, "nothing says who may see the post",
                       "--visibility public (or unlisted, private, direct), or state it under accounts." +
                           account.name + ".defaults"});
    content.visibility = order.visibility.value_or(content.visibility);
    content.sensitive = order.sensitive.value_or(content.sensitive);
    if (order.language) {
        if (const Result<> good = check_language(*order.language); !good)
            refuse(draft, good.error());
        content.language = *order.language;
    }
    if (order.content_type)
        content.content_type = *order.content_type;
    content.quote_policy = order.quote_policy.value_or(content.quote_policy);
    content.local_only = order.local_only.value_or(content.local_only);
    if (content.local_only && !content.status.ends_with(server.local_mark))
        content.status += server.local_mark;
    if (account.defaults)
        apply_defaults(content, *account.defaults);
    content.poll = order.poll;
    content.pin = order.pin;
    for (const auto& [said, id] :
         {std::pair{&order.in_reply_to, &content.in_reply_to}, std::pair{&order.quote, &content.quote}}) {
        if (said->empty())
            continue;
        Result<std::string> named = status_id_of(*said, account.server);
        if (named)
            *id = std::move(*named);
        else
            refuse(draft, named.error());
    }
    return content;
}

} // namespace

Draft draft_of(const Settings& settings, const AccountSettings& account, const ServerProfile& server,
               Instant now, const PostOrder& order) {
    Draft draft;
    Composed composed;
    composed.content = content_of(settings, account, server, now, order, draft);
    draft.parts = parts_of(std::move(composed), order.further, account, server);
    for (Composed& part : draft.parts) {
        part.limit = server.max_characters;
        part.length =
            text::status_length(part.content.status, part.content.spoiler_text, length_rules(server));
        if (const Result<> fits = check_content(part.content, server); !fits)
            refuse(draft, fits.error());
    }
    return draft;
}

std::vector<std::string> warnings_of(const Draft& draft, const PostOrder& order,
                                     const AccountSettings& account, const ServerProfile& server,
                                     Instant now) {
    std::vector<std::string> warnings;
    if (!server.known)
        warnings.push_back(account.server + " has not said yet what it takes: Mastodon's limits are assumed");
    if (draft.parts.size() > order.further.size() + 1)
        warnings.push_back("too long for one post: it becomes a thread of " +
                           std::to_string(draft.parts.size()));
    const std::vector<Media>& media = draft.parts.front().content.media;
    for (std::size_t i = 0; i < media.size(); ++i) {
        const std::string which = "file " + std::to_string(i + 1);
        const std::size_t length = text::units(media[i].alt, text::LengthUnit::code_point);
        if (text::strip(media[i].alt).empty())
            warnings.push_back(which + " has no alt text: who cannot see it learns nothing of it");
        else if (length > server.description_limit)
            warnings.push_back("the alt text of " + which + " has " + std::to_string(length) +
                               " characters, and the server takes " +
                               std::to_string(server.description_limit));
    }
    if (order.at && *order.at < now)
        warnings.emplace_back("its time has passed: it goes out at once");
    if (account.mode == Mode::hold)
        warnings.push_back(account.name + " is in `mode: hold`: it waits until a person approves it");
    if (account.mode == Mode::dry)
        warnings.push_back(account.name + " is in `mode: dry`: it is never sent");
    return warnings;
}

} // namespace crier::engine
