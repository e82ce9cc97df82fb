#include "kit/text.hpp"
#include "queue/columns.hpp"
#include "queue/csv.hpp"
#include "queue/rows.hpp"

#include <algorithm>

namespace crier::queue {
namespace {

/// What Excel puts before all for itself: "sep=;".
constexpr std::string_view excels_line = "sep=";

bool is_empty(const Record& record) {
    return std::all_of(record.fields.begin(), record.fields.end(),
                       [](const std::string& field) { return kit::trimmed(field).empty(); });
}

/// Fields beyond the header's: a text with the separator in it and no quotes around it was cut in two.
bool has_too_many(const Record& record, std::size_t columns) {
    for (std::size_t i = columns; i < record.fields.size(); ++i)
        if (!kit::trimmed(record.fields[i]).empty())
            return true;
    return false;
}

std::vector<kit::Written> fields_of(const Record& record, const std::vector<Column>& columns) {
    std::vector<kit::Written> written;
    for (const Column& column : columns)
        if (column.index < record.fields.size())
            written.push_back({column.field, boost::json::string{record.fields[column.index]}});
    return written;
}

} // namespace

void read_csv(std::string_view text, const Options& options, Items& items) {
    char separator = options.separator;
    std::size_t line_before = 0;
    if (text.substr(0, excels_line.size()) == excels_line && text.size() > excels_line.size()) {
        separator = separator != '\0' ? separator : text[excels_line.size()];
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
        line_before = 1;
    }
    Csv csv{text, separator != '\0' ? separator : separator_of_header(text)};
    Record record;
    if (!csv.next(record))
        return;
    const std::vector<std::string> header = record.fields;
    const std::vector<Column> columns = columns_of(header, options.fields);
    while (csv.next(record)) {
        const std::string place = line(record.line + line_before);
        if (record.never_ends) {
            items.broken(
                place, "a quote (\") in this row is never closed; this row and what follows was passed over");
            return;
        }
        if (is_empty(record))
            continue;
        if (has_too_many(record, header.size()))
            items.broken(place, "the row has " + std::to_string(record.fields.size()) +
                                    " fields, and there are " + std::to_string(header.size()) +
                                    " columns; a text with the separator in it must be in quotes (\")");
        else if (!items.take(fields_of(record, columns), place))
            return;
    }
}

} // namespace crier::queue
