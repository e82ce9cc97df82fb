#include "sandbox/api/draft.hpp"

#include "sandbox/api/reply.hpp"
#include "sandbox/content/length.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace crier::sandbox {
namespace {

std::optional<Response> refuse_missing(const Call& call, const std::vector<std::string>& missing) {
    if (call.world.settings.facts().errors == ErrorShape::gotosocial) {
        const bool used = call.world.media.find(missing.front()) != nullptr;
        return error_reply(call, 400,
                           std::string{"media "} + (used ? "already attached to status: " : "not found: ") +
                               missing.front());
    }
    if (call.world.settings.facts().errors == ErrorShape::laravel)
        return error_reply(call, 400, "Invalid media_ids");
    std::string ids;
    for (const std::string& id : missing)
        ids += (ids.empty() ? "" : ", ") + id;
    return refusal(call, words::media_not_found, ids);
}

/// Empty: the poll is good.
std::string poll_fault(const Poll& poll, const Settings& settings) {
    const LengthRules rules{settings.characters_per_url, settings.facts().counting == Counting::mastodon
                                                             ? Counting::mastodon
                                                             : Counting::code_points};
    const std::size_t most = settings.poll_option_characters;
    if (poll.options.size() < 2)
        return "Options must have more than one item";
    if (poll.options.size() > settings.poll_options)
        return "Options can't contain more than " + std::to_string(settings.poll_options) + " items";
    for (const std::string& option : poll.options)
        if (counted_length(option, {}, rules) > most) // as a warning: links count in full
            return "Options cannot be longer than " + std::to_string(most) + " characters each";
    if (std::set<std::string>(poll.options.begin(), poll.options.end()).size() < poll.options.size())
        return "Options contain duplicate items";
    if (poll.expires_in < settings.poll_least_seconds)
        return "Expires at is too soon";
    return poll.expires_in > settings.poll_most_seconds ? "Expires at is too far into the future" : "";
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

/// Two or three letters, perhaps with a region.
bool language_tag(std::string_view language) {
    const std::string_view code = language.substr(0, language.find('-'));
    return (code.size() == 2 || code.size() == 3) &&
           std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Anything else is the account's language.
std::string read_language(const Call& call) {
    std::string language = call.params.text("language").value_or("");
    if (language_tag(language))
        return language;
    return call.world.settings.language.empty() ? "en" : call.world.settings.language;
}

bool language_refused(const Call& call) {
    const std::string language = call.params.text("language").value_or("");
    const LanguageRule rule = call.world.settings.facts().languages;
    if (language.empty() || rule == LanguageRule::forgiving)
        return false;
    return !language_tag(language) || (rule == LanguageRule::two_letters && language.size() != 2);
}

/// snac takes one id where others want a list.
bool facts_allow_one(const Call& call) {
    return !call.world.settings.facts().checks_media;
}

bool moving(const Attachment& attachment) {
    return attachment.type == "video" || attachment.type == "audio";
}

/// A known one, what others become, or as it is: to be refused.
std::string read_visibility(const Call& call) {
    const Settings& settings = call.world.settings;
    const Facts& facts = settings.facts();
    std::string visibility = call.params.text("visibility").value_or("");
    if (visibility.empty())
        visibility = settings.default_visibility;
    if (!facts.other_visibility.empty() && !has_word(facts.visibilities, visibility))
        visibility = facts.other_visibility;
    return visibility == "public" && settings.silenced ? "unlisted" : visibility;
}

bool ends_in_an_eye(std::string_view text) {
    return text.ends_with("\xF0\x9F\x91\x81") || text.ends_with("\xF0\x9F\x91\x81\xEF\xB8\x8F");
}

/// Who sees it and how it is written, where the server has such words.
void read_extensions(const Call& call, Draft& draft) {
    const Facts& facts = call.world.settings.facts();
    if (facts.local_only == LocalOnly::parameter) {
        const auto federated = call.params.boolean("federated"); // GoToSocial's older word
        draft.local_only = call.params.boolean("local_only").value_or(federated == false);
        if (has_word(facts.visibilities, "local") && draft.visibility == "local") { // Iceshrimp.NET
            draft.local_only = true;
            draft.visibility = "public";
        }
    }
    if (facts.local_only == LocalOnly::eye)
        draft.local_only = ends_in_an_eye(draft.text);
    if (!facts.content_types.empty())
        draft.content_type = call.params.text("content_type").value_or("");
    if (!facts.refuse_content_type && !has_word(facts.content_types, draft.content_type))
        draft.content_type.clear();
    if (facts.quote_policy)
        draft.quote_policy = call.params.text("quote_approval_policy").value_or("");
    if (const auto policy = call.params.map("interaction_policy"); policy && facts.interaction_policy)
        draft.interaction_policy = boost::json::serialize(policy->tree);
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
    auto ids = call.params.list("media_ids");
    if (!ids && facts_allow_one(call))
        if (auto one = call.params.text("media_ids"))
            ids = {std::move(*one)};
    if (!ids || ids->empty())
        return std::nullopt;
    const Facts& facts = world.settings.facts();
    const bool with_poll = facts.polls && call.params.map("poll").has_value();
    if (ids->size() > world.settings.media_limit || (with_poll && !world.settings.polls_with_media))
        return refusal(call, words::too_many_files, std::to_string(world.settings.media_limit));
    std::vector<std::string> missing;
    std::vector<const Attachment*> found;
    for (const std::string& id : *ids) {
        const Attachment* const one = world.media.find(id);
        const bool own = one != nullptr && one->account == call.account->id;
        const bool usable = own && (one->attached_to.empty() || facts.reuse == MediaReuse::allowed ||
                                    (edited != nullptr && one->attached_to == edited->id));
        if (!usable)
            missing.push_back(id);
        else if (std::find(found.begin(), found.end(), one) == found.end())
            found.push_back(one);
    }
    if (!missing.empty() && !world.settings.drop_unknown_media)
        return refuse_missing(call, missing);
    if (found.size() > 1 && !facts.mixed_media &&
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
    draft.text = without_edges(call.params.text("status").value_or(""));
    draft.spoiler_text = without_edges(call.params.text("spoiler_text").value_or(""));
    if (call.world.settings.facts().warns_sensitive_only && !call.params.boolean("sensitive").value_or(false))
        draft.spoiler_text.clear();
    draft.sensitive = call.params.boolean("sensitive").value_or(false) || !draft.spoiler_text.empty();
    if (draft.text.empty() && draft.quoted.empty())
        std::swap(draft.text, draft.spoiler_text); // the warning becomes the text
    draft.visibility = read_visibility(call);
    draft.language = read_language(call);
    if (call.world.settings.facts().polls)
        draft.poll = read_poll(call.params);
    read_extensions(call, draft);
    const Status* const quoted = call.world.statuses.find(draft.quoted);
    const bool wide = draft.visibility == "public" || draft.visibility == "unlisted";
    if (quoted != nullptr && quoted->visibility == "private" && wide && call.world.settings.mastodon())
        draft.visibility = "private";
}

std::optional<Response> check_draft(const Call& call, const Draft& draft) {
    const Settings& settings = call.world.settings;
    const Facts& facts = settings.facts();
    const bool nothing = draft.text.empty() && draft.media.empty() && draft.quoted.empty();
    if (nothing && facts.checks_media && facts.empty_post == 0) // snac posts it
        return refusal(call, words::text_blank);
    if (facts.empty_post != 0 && draft.media.empty() && draft.in_reply_to.empty())
        return error_reply(call, facts.empty_post, "Empty statuses are not allowed");
    const LengthRules rules{settings.characters_per_url, facts.counting};
    if (counted_length(draft.spoiler_text, draft.text, rules) > settings.characters)
        return refusal(call, words::text_too_long, std::to_string(settings.characters));
    if (!has_word(facts.visibilities, draft.visibility) && !facts.quiet_failure)
        return refusal(call, words::visibility_wrong);
    if (language_refused(call))
        return refusal(call, words::language);
    if (!draft.content_type.empty() && !has_word(facts.content_types, draft.content_type))
        return refusal(call, words::content_type);
    if (!draft.quote_policy.empty() && !has_word("public followers nobody", draft.quote_policy))
        return refusal(call, words::record_invalid);
    if (!draft.poll)
        return std::nullopt;
    const std::string fault = poll_fault(*draft.poll, settings);
    return fault.empty() ? std::nullopt : std::optional{refusal(call, words::poll, fault)};
}

} // namespace crier::sandbox
