#include "queue/columns.hpp"

#include "kit/json_path.hpp"
#include "kit/loose.hpp"
#include "kit/text.hpp"

#include <algorithm>

namespace crier::queue {

namespace json = boost::json;

namespace {

std::string plain(std::string_view name) {
    return kit::lowered(kit::trimmed(name));
}

std::string enumerated(const std::vector<std::string>& names) {
    constexpr std::size_t most = 12;
    std::string list;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
        list.append(i == 0 ? "" : ", ").append(kit::cut(kit::one_line(names[i]), 40));
    return list + (names.size() > most ? ", ..." : "");
}

/// Keys whose capitals are others, where there is none that is called exactly so.
const json::value* find(const json::object& row, std::string_view column) {
    if (const json::value* exact = row.if_contains({column.data(), column.size()}))
        return exact;
    const std::string wanted = plain(column);
    for (const auto& member : row)
        if (plain({member.key().data(), member.key().size()}) == wanted)
            return &member.value();
    return nullptr;
}

std::vector<Column> stated_columns(const std::vector<std::string>& header,
                                   const std::vector<Mapping>& fields) {
    std::vector<Column> columns;
    for (const Mapping& one : fields) {
        const std::string wanted = plain(one.column);
        const auto found = std::find_if(header.begin(), header.end(),
                                        [&](const std::string& name) { return plain(name) == wanted; });
        if (found == header.end())
            throw sdk::Error("there is no column '" + one.column + "' for " + std::string{one.field} +
                             "; the columns are: " + enumerated(header));
        columns.push_back({static_cast<std::size_t>(found - header.begin()), one.field});
    }
    return columns;
}

} // namespace

std::vector<Column> columns_of(const std::vector<std::string>& header, const std::vector<Mapping>& fields) {
    if (!fields.empty())
        return stated_columns(header, fields);
    std::vector<Column> columns;
    // The fields' own names come first: what else means them counts where those are empty.
    for (const bool own : {true, false})
        for (std::size_t i = 0; i < header.size(); ++i)
            if (const std::string_view field = kit::field_of(header[i]);
                !field.empty() && kit::is_own_name(header[i]) == own)
                columns.push_back({i, field});
    if (columns.empty())
        throw sdk::Error(
            "no column is called as a field of an item is (title, content, link ...); the first line "
            "must name the columns, and `fields` says which is what; there are: " +
            enumerated(header));
    return columns;
}

std::vector<kit::Written> fields_of(const json::object& row, const std::vector<Mapping>& fields) {
    std::vector<kit::Written> written;
    for (const Mapping& one : fields) {
        const json::value* value = find(row, one.column);
        if (value == nullptr)
            value = kit::at_path(row, one.column);
        if (value != nullptr)
            written.push_back({one.field, *value});
    }
    if (!fields.empty())
        return written;
    for (const bool own : {true, false})
        for (const auto& member : row) {
            const std::string_view name{member.key().data(), member.key().size()};
            if (const std::string_view field = kit::field_of(name);
                !field.empty() && kit::is_own_name(name) == own)
                written.push_back({field, member.value()});
        }
    return written;
}

} // namespace crier::queue
