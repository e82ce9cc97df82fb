#include "kit/item_reader.hpp"

#include <algorithm>

namespace crier::kit {

namespace json = boost::json;

bool ReadItem::says_nothing() const {
    return item.id.empty() && item.link.empty() && item.title.empty() && item.summary.empty() &&
           item.content.empty() &&
           std::all_of(item.media.begin(), item.media.end(),
                       [](const sdk::Media& one) { return one.url.empty(); });
}

void take_key(const Key& key, const json::value& value, ReadItem& to) {
    if (value.is_null() || key.take(value, to.item))
        return;
    const std::string words = "\"" + std::string{key.name} + "\" must be " + std::string{key.wanted};
    if (!key.vital)
        to.troubles.push_back(words);
    else if (to.spoiled.empty())
        to.spoiled = words;
}

ReadItem read_item(const json::object& object, Files files) {
    ReadItem read;
    for (const Key& key : item_keys(files))
        if (const json::value* value = object.if_contains({key.name.data(), key.name.size()}))
            take_key(key, *value, read);
    const json::value* gone = object.if_contains("gone");
    if (gone == nullptr || gone->is_null())
        return read;
    if (!gone->is_bool())
        read.spoiled = "\"gone\" must be true or false";
    else if (gone->get_bool() && read.item.id.empty())
        read.spoiled = "what is gone is told by its \"id\", and there is none";
    read.gone = gone->is_bool() && gone->get_bool();
    return read;
}

bool hand_over(const ReadItem& read, const std::string& place, sdk::Sink& sink, std::string& refused) {
    refused = read.spoiled.empty() ? "" : read.spoiled + "; the item was passed over";
    if (refused.empty() && read.gone)
        return sink.gone(read.item.id);
    if (refused.empty() && read.says_nothing())
        refused = "an item without id, link, title and text was passed over";
    // Of an item that does not count, only that is said.
    if (!refused.empty())
        return true;
    for (const std::string& trouble : read.troubles)
        sink.warning(std::string{place}.append(": ").append(trouble).append("; what is not so was left out"));
    return sink.item(read.item);
}

} // namespace crier::kit
