#include "core/identity.hpp"

#include "core/ascii.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace crier {
namespace {

/// What newsletters, advertisers and feed services add; a name that ends in `*` is a beginning.
constexpr std::array<std::string_view, 36> tracking{
    "utm_*",  "mtm_*",  "pk_*",   "piwik_*", "hsa_*",     "oly_*",       "vero_*",  "ga_*",    "_hsenc",
    "_hsmi",  "fbclid", "gclid",  "gclsrc",  "dclid",     "gbraid",      "wbraid",  "msclkid", "yclid",
    "twclid", "ttclid", "igshid", "igsh",    "li_fat_id", "mc_cid",      "mc_eid",  "mkt_tok", "epik",
    "s_cid",  "cmpid",  "ncid",   "wt_mc",   "at_medium", "at_campaign", "ref_src", "ref_url", "xtor"};

bool is_tracking(std::string_view parameter) {
    const std::string name = ascii::lower(parameter.substr(0, parameter.find('=')));
    return std::any_of(tracking.begin(), tracking.end(), [&](std::string_view known) {
        return known.back() == '*' ? name.starts_with(known.substr(0, known.size() - 1)) : name == known;
    });
}

/// The parameters that say what is shown, with their question mark.
std::string telling_query(std::string_view query) {
    std::string kept;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view parameter = query.substr(0, end);
        if (!parameter.empty() && !is_tracking(parameter)) {
            kept += kept.empty() ? '?' : '&';
            kept += parameter;
        }
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return kept;
}

/// What the item says; of one that says nothing, what it shows. `link`: where, if that is to count.
Digest content_digest(const Item& item, std::string_view link = {}) {
    Digester digester;
    if (!link.empty())
        digester.field("at").field(link);
    digester.field("content").field(item.title).field(item.summary).field(item.content);
    if (item.title.empty() && item.summary.empty() && item.content.empty())
        for (const ItemMedia& media : item.media)
            digester.field(media.url);
    return digester.finish();
}

std::string shown_title(const Item& item) {
    for (const std::string* text : {&item.title, &item.summary, &item.content})
        if (!text->empty())
            return text::first_graphemes(text::one_line(*text), 80);
    return "(an item without id, link and text)";
}

/// `link`: the canonical one, or empty where it does not identify.
ItemIdentity make_identity(const Item& item, const std::string& link, const std::string& any_link) {
    ItemIdentity identity;
    if (item.id.empty() && !any_link.empty())
        identity.content_at_link = content_digest(item, any_link);
    if (!any_link.empty())
        identity.address = digest_of(any_link);
    if (!link.empty())
        identity.link = identity.address;
    if (!item.id.empty()) {
        identity.item = Digester{}.field("id").field(item.id).finish();
        identity.shown = item.id;
    } else if (!link.empty()) {
        identity.item = Digester{}.field("link").field(link).finish();
        identity.shown = item.link;
    } else {
        identity.item = content_digest(item);
        identity.shown = shown_title(item);
    }
    return identity;
}

} // namespace

std::string canonical_link(std::string_view link) {
    const std::string trimmed = text::strip(link);
    std::string_view rest = trimmed;
    const std::string scheme = ascii::lower(rest.substr(0, rest.find("://")));
    if (scheme != "http" && scheme != "https")
        return trimmed;
    rest.remove_prefix(scheme.size() + 3);

    std::string_view route;
    if (const std::size_t hash = rest.find('#'); hash != std::string_view::npos) {
        const std::string_view fragment = rest.substr(hash);
        if (fragment.starts_with("#/") || fragment.starts_with("#!"))
            route = fragment;
        rest = rest.substr(0, hash);
    }
    std::string query;
    if (const std::size_t mark = rest.find('?'); mark != std::string_view::npos) {
        query = telling_query(rest.substr(mark + 1));
        rest = rest.substr(0, mark);
    }
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    std::string host = ascii::lower(rest.substr(0, slash));
    for (const std::string_view port : {":80", ":443"})
        if (host.ends_with(port))
            host.erase(host.size() - port.size());
    std::string_view path = rest.substr(slash);
    while (path.ends_with("/"))
        path.remove_suffix(1);
    host += path;
    host += query;
    host += route;
    return host;
}

ItemIdentity identify(const Item& item) {
    const std::string link = canonical_link(item.link);
    return make_identity(item, link, link);
}

std::vector<ItemIdentity> identify_all(const std::vector<Item>& items) {
    struct Owner {
        std::size_t first; ///< place among the items
        bool shared = false;
    };
    std::vector<std::string> links;
    links.reserve(items.size());
    std::unordered_map<std::string, Owner> owners;
    const auto same = [&](std::size_t a, std::size_t b) {
        return make_identity(items[a], {}, {}).item == make_identity(items[b], {}, {}).item;
    };
    for (std::size_t i = 0; i < items.size(); ++i) {
        links.push_back(canonical_link(items[i].link));
        if (links.back().empty())
            continue;
        const auto [owner, is_new] = owners.try_emplace(links.back(), Owner{i, false});
        if (!is_new && !owner->second.shared && !same(owner->second.first, i))
            owner->second.shared = true;
    }
    std::vector<ItemIdentity> identities;
    identities.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto owner = owners.find(links[i]);
        const bool own = owner != owners.end() && !owner->second.shared;
        identities.push_back(make_identity(items[i], own ? links[i] : std::string{}, links[i]));
    }
    return identities;
}

} // namespace crier
