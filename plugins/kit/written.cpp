#include "kit/written.hpp"

#include "kit/loose.hpp"
#include "kit/text.hpp"

#include <algorithm>
#include <string>

namespace crier::kit {

namespace json = boost::json;

namespace {

void add_alts(const json::value& value, ReadItem& to, std::vector<std::string>& alts) {
    if (value.is_string())
        alts.emplace_back(trimmed({value.get_string().data(), value.get_string().size()}));
    else if (value.is_null())
        alts.emplace_back();
    else if (!value.is_array())
        to.troubles.emplace_back("\"alt\" must be a text, or a list of texts");
    else
        for (const json::value& one : value.get_array())
            add_alts(one.is_array() ? json::value(false) : one, to, alts);
}

/// A description goes with the medium that has its place among the media.
void give_alts(const std::vector<std::string>& alts, ReadItem& to) {
    std::vector<sdk::Media>& media = to.item.media;
    for (std::size_t i = 0; i < alts.size(); ++i) {
        if (alts[i].empty())
            continue;
        if (i >= media.size())
            to.troubles.push_back("\"alt\" must describe a medium that is there ('" +
                                  std::string{cut(alts[i])} + "')");
        else if (media[i].alt.empty())
            media[i].alt = alts[i];
    }
}

bool adds_up(std::string_view field) {
    return field == "categories" || field == "media";
}

} // namespace

ReadItem read_written(const std::vector<Written>& fields, Files files) {
    ReadItem read;
    std::vector<std::string> alts;
    for (const Written& one : fields)
        if (one.field == "alt")
            add_alts(one.value, read, alts);
    for (const Key& key : item_keys(files)) {
        for (const Written& one : fields) {
            if (one.field != key.name)
                continue;
            const json::value value = loosened(one.field, one.value);
            take_key(key, value, read);
            if (!value.is_null() && !adds_up(key.name))
                break;
        }
    }
    give_alts(alts, read);
    return read;
}

} // namespace crier::kit
