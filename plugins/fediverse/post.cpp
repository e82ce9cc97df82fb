#include "fediverse/post.hpp"

#include "fediverse/attachments.hpp"
#include "fediverse/fields.hpp"
#include "fediverse/post_text.hpp"
#include "kit/moment.hpp"
#include "kit/text.hpp"

#include <algorithm>

namespace crier::fediverse {

namespace json = boost::json;

namespace {

/// Without a token there is nothing else; what a server shows by mistake is not passed on.
bool is_public(const json::object& status) {
    const std::string_view visibility = text_in(status, "visibility");
    return visibility.empty() || visibility == "public" || visibility == "unlisted";
}

/// To somebody else: who goes on in a thread of their own says something of their own.
bool is_reply(const json::object& status) {
    if (field(status, "in_reply_to_id") == nullptr)
        return false;
    const json::object* account = object_in(status, "account");
    const std::string to = id_in(status, "in_reply_to_account_id");
    return to.empty() || account == nullptr || to != id_in(*account, "id");
}

std::string_view origin_host(std::string_view address) {
    const std::size_t begin = std::min(address.find("//"), address.size());
    address.remove_prefix(std::min(begin + 2, address.size()));
    return address.substr(0, address.find('/'));
}

Mentions mentions_of(const json::object& status, const std::string& host) {
    Mentions mentions;
    for (const json::value& value : list_in(status, "mentions")) {
        const json::object* one = value.if_object();
        if (one == nullptr)
            continue;
        std::string acct{text_in(*one, "acct")};
        const std::string_view url = address_in(*one, "url");
        if (acct.empty())
            acct = text_in(*one, "username");
        if (acct.empty() || url.empty())
            continue;
        // Those of the server itself go by their name alone.
        if (acct.find('@') == std::string::npos)
            acct += "@" + (origin_host(url).empty() ? host : std::string{origin_host(url)});
        mentions.emplace(url, std::move(acct));
    }
    return mentions;
}

std::string content_of(const json::object& status, const std::string& host) {
    std::string content = post_text(text_in(status, "content"), mentions_of(status, host));
    const json::object* poll = object_in(status, "poll");
    if (poll == nullptr)
        return content;
    std::string choices;
    for (const json::value& value : list_in(*poll, "options"))
        if (const json::object* option = value.if_object(); option != nullptr)
            choices += "\n- " + kit::one_line(text_in(*option, "title"));
    return content.empty() || choices.empty() ? content + choices.substr(choices.empty() ? 0 : 1)
                                              : content + "\n" + choices;
}

std::string author_of(const json::object& account) {
    for (const char* name : {"display_name", "username", "acct"})
        if (std::string words = kit::one_line(text_in(account, name)); !words.empty())
            return words;
    return {};
}

std::optional<std::int64_t> time_in(const json::object& status, std::string_view name) {
    return kit::parse_moment(text_in(status, name));
}

sdk::Item filled(const json::object& status, const std::string& host) {
    sdk::Item item;
    item.id = text_in(status, "uri");
    item.link = address_in(status, "url");
    if (item.link.empty())
        item.link = address_in(status, "uri");
    if (item.id.empty())
        item.id = item.link;
    item.summary = kit::trimmed(text_in(status, "spoiler_text"));
    item.title = kit::one_line(item.summary);
    item.content = content_of(status, host);
    if (const json::object* account = object_in(status, "account"); account != nullptr)
        item.author = author_of(*account);
    item.language = text_in(status, "language");
    item.published = time_in(status, "created_at");
    item.updated = time_in(status, "edited_at");
    for (const json::value& value : list_in(status, "tags"))
        if (const json::object* tag = value.if_object(); tag != nullptr && !text_in(*tag, "name").empty())
            item.categories.emplace_back(text_in(*tag, "name"));
    item.media = attachments_of(status);
    return item;
}

} // namespace

std::optional<sdk::Item> item_of(const json::object& status, const Options& options, const std::string& host,
                                 std::string& trouble) {
    const json::object* boosted = object_in(status, "reblog");
    if (!is_public(status) || (boosted != nullptr && (!options.boosts || !is_public(*boosted))) ||
        (boosted == nullptr && !options.replies && is_reply(status)))
        return std::nullopt;
    const json::object& shown = boosted != nullptr ? *boosted : status;
    if (!options.sensitive && (flag_in(shown, "sensitive") || !text_in(shown, "spoiler_text").empty()))
        return std::nullopt;
    sdk::Item item = filled(shown, host);
    if (item.id.empty()) {
        trouble = "it has neither uri nor url";
        return std::nullopt;
    }
    // It is new when it is boosted, however old it is.
    if (boosted != nullptr)
        item.published = time_in(status, "created_at");
    return item;
}

} // namespace crier::fediverse
