#include "core/tracking.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <array>

namespace crier::tracking {
namespace {

/// What newsletters, advertisers and feed services add; a name that ends in `*` is a beginning.
constexpr std::array<std::string_view, 36> known_names{
    "utm_*",  "mtm_*",  "pk_*",   "piwik_*", "hsa_*",     "oly_*",       "vero_*",  "ga_*",    "_hsenc",
    "_hsmi",  "fbclid", "gclid",  "gclsrc",  "dclid",     "gbraid",      "wbraid",  "msclkid", "yclid",
    "twclid", "ttclid", "igshid", "igsh",    "li_fat_id", "mc_cid",      "mc_eid",  "mkt_tok", "epik",
    "s_cid",  "cmpid",  "ncid",   "wt_mc",   "at_medium", "at_campaign", "ref_src", "ref_url", "xtor"};

bool is_tracking(std::string_view parameter) {
    const std::string name = ascii::lower(parameter.substr(0, parameter.find('=')));
    return std::any_of(known_names.begin(), known_names.end(), [&](std::string_view known) {
        return known.back() == '*' ? name.starts_with(known.substr(0, known.size() - 1)) : name == known;
    });
}

} // namespace

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

std::string stripped(std::string_view address) {
    const std::string scheme = ascii::lower(address.substr(0, address.find("://")));
    const std::size_t mark = address.find('?');
    const std::size_t hash = address.find('#');
    if ((scheme != "http" && scheme != "https") || mark == std::string_view::npos || mark > hash)
        return std::string{address};
    const std::size_t end = std::min(hash, address.size());
    std::string kept{address.substr(0, mark)};
    kept += telling_query(address.substr(mark + 1, end - mark - 1));
    kept += address.substr(end);
    return kept;
}

} // namespace crier::tracking
