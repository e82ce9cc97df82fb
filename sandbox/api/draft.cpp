#include "sandbox/api/draft.hpp"

#include "sandbox/api/reply.hpp"
#include "sandbox/content/length.hpp"

#include <algorithm>
#include <set>

namespace crier::sandbox {
namespace {

std::optional<Response> refuse_missing(const Call& call, const std::vector<std::string>& missing) {
    if (call.world.settings.kind == Kind::gotosocial) {
        const bool used = call.world.media.find(missing.front()) != nullptr;
        return error_reply(400, std::string{"Bad Request: media "} +
                                    (used ? "already attached to status: " : "not found: ") +
                                    missing.front());
    }
    std::string ids;
    for (const std::string& id : missing)
        ids += (ids.empty() ? "" : ", ") + id;
    return refusal(call, words::media_not_found, ids);
}

/// Empty: the poll is good.
std::string_view poll_fault(const Poll& poll, const LengthRules& plain_text) {
    if (poll.options.size() < 2)
        return "Options must have more than one item";
    if (poll.options.size() > 4)
        return "Options can't contain more than 4 items";
    for (const std::string& option : poll.options)
        if (counted_length(option, {}, plain_text) > 50) // as a warning: links count in full
            return "Options cannot be longer than 50 characters each";
    if (std::set<std::string>(poll.options.begin(), poll.options.end()).size() < poll.options.size())
        return "Options contain duplicate items";
    if (poll.expires_in < 300)
        return "Expires at is too soon";
    return poll.expires_in > 2'629'746 ? "Expires at is too far into the future" : std::string_view{};
}

std::optional<Poll> read_poll(const Params& params) {
    const auto inner = params.map("poll");
    if (!inner)
        return std::nullopt;
    Poll poll;
    for (const std::string& option : inner->list("options").value_or(std::vector<std::string>{}))
        if (std::string text = without_edges(option); !text.empty())
            poll.options.push_back(std::move(text));
    poll.expires_in = inner->integer("expires_in").value_or(0);
    poll.multiple = inner->boolean("multiple").value_or(false);
    poll.hide_totals = inner->boolean("hide_totals").value_or(false);
    return poll;
}

/// Two or three letters, perhaps with a region; anything else is the account's language.
std::string read_language(const Call& call) {
    const std::string language = call.params.text("language").value_or("");
    const std::string code = language.substr(0, language.find('-'));
    const bool known = (code.size() == 2 || code.size() == 3) &&
                       std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (known)
        return language;
    return call.world.settings.language.empty() ? "en" : call.world.settings.language;
}

bool moving(const Attachment& attachment) {
    return attachment.type == "video" || attachment.type == "audio";
}

} // namespace

std::string without_edges(std::string_view text) {
    constexpr std::string_view blanks{" \t\n\v\f\r\0", 7};
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return std::string{text.substr(begin, text.find_last_not_of(blanks) - begin + 1)};
}

std::optional<Response> read_media(const Call& call, const Status* edited, Draft& draft) {
    const World& world = call.world;
    const auto ids = call.params.list("media_ids");
    if (!ids || ids->empty())
        return std::nullopt;
    const bool with_poll = call.params.map("poll").has_value();
    if (ids->size() > world.settings.media_limit || (with_poll && !world.settings.polls_with_media))
        return refusal(call, words::too_many_files, std::to_string(world.settings.media_limit));
    std::vector<std::string> missing;
    std::vector<const Attachment*> found;
    for (const std::string& id : *ids) {
        const Attachment* const one = world.media.find(id);
        const bool own = one != nullptr && one->account == call.account->id;
        const bool usable =
            own && (one->attached_to.empty() || (edited != nullptr && one->attached_to == edited->id));
        if (!usable)
            missing.push_back(id);
        else if (std::find(found.begin(), found.end(), one) == found.end())
            found.push_back(one);
    }
    if (!missing.empty() && !world.settings.drop_unknown_media)
        return refuse_missing(call, missing);
    if (found.size() > 1 &&
        std::any_of(found.begin(), found.end(), [](const auto* one) { return moving(*one); }))
        return refusal(call, words::video_and_images);
    for (const Attachment* one : found) {
        if (one->processing(call.now) != Processing::done)
            return refusal(call, words::media_not_ready);
        draft.media.push_back(one->id);
    }
    return std::nullopt;
}

void read_fields(const Call& call, Draft& draft) {
    const Settings& settings = call.world.settings;
    draft.text = without_edges(call.params.text("status").value_or(""));
    draft.spoiler_text = without_edges(call.params.text("spoiler_text").value_or(""));
    draft.sensitive = call.params.boolean("sensitive").value_or(false) || !draft.spoiler_text.empty();
    if (draft.text.empty())
        std::swap(draft.text, draft.spoiler_text); // the warning becomes the text
    draft.visibility = call.params.text("visibility").value_or("");
    if (draft.visibility.empty())
        draft.visibility = settings.default_visibility;
    if (draft.visibility == "public" && settings.silenced)
        draft.visibility = "unlisted";
    draft.language = read_language(call);
    draft.poll = read_poll(call.params);
}

std::optional<Response> check_draft(const Call& call, const Draft& draft) {
    const Settings& settings = call.world.settings;
    if (draft.text.empty() && draft.media.empty())
        return refusal(call, words::text_blank);
    LengthRules rules;
    rules.url_length = settings.characters_per_url;
    rules.plain = settings.kind == Kind::gotosocial;
    if (counted_length(draft.spoiler_text, draft.text, rules) > settings.characters)
        return refusal(call, words::text_too_long, std::to_string(settings.characters));
    const auto known = {"public", "unlisted", "private", "direct"};
    if (std::find(known.begin(), known.end(), draft.visibility) == known.end() &&
        settings.kind != Kind::gotosocial)
        return refusal(call, words::visibility_wrong);
    if (!draft.poll)
        return std::nullopt;
    const std::string_view fault = poll_fault(*draft.poll, rules);
    return fault.empty() ? std::nullopt : std::optional{refusal(call, words::poll, fault)};
}

} // namespace crier::sandbox
