#include "commands/table.hpp"

#include "core/text/length.hpp"
#include "core/text/plain.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <ostream>
#include <utility>

namespace crier::commands {

Table::Table(std::vector<std::string> head) {
    rows_.push_back(std::move(head));
}

void Table::add(std::vector<std::string> row) {
    row.resize(rows_.front().size());
    rows_.push_back(std::move(row));
}

void Table::print(std::ostream& out) const {
    Widths widths;
    widen(widths);
    print(out, widths, 0);
}

void Table::print_piece(std::ostream& out) {
    const std::size_t from = widths_.empty() ? 0 : 1;
    widen(widths_);
    print(out, widths_, from);
    rows_.resize(1);
}

void Table::widen(Widths& widths) const {
    widths.resize(rows_.front().size());
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], text::graphemes(row[i]));
}

void Table::print(std::ostream& out, const Widths& widths, std::size_t from) const {
    for (std::size_t at = from; at < rows_.size(); ++at) {
        const std::vector<std::string>& row = rows_[at];
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size())
                line.append(widths[i] - text::graphemes(row[i]) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out << line << '\n';
    }
}

std::string one_line(std::string_view text, std::size_t width) {
    std::string line;
    for (const char c : text)
        line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    const std::string cut = text::first_graphemes(line, width);
    return cut.size() == line.size() ? line : text::first_graphemes(line, width - 1) + "…";
}

std::string text_of(const boost::json::object& object, std::string_view name) {
    const boost::json::value* value = object.if_contains({name.data(), name.size()});
    if (value == nullptr || value->is_null())
        return {};
    return value->is_string() ? std::string{value->get_string()} : boost::json::serialize(*value);
}

std::string text_of(const boost::json::value& object, std::string_view name) {
    return text_of(object.as_object(), name);
}

} // namespace crier::commands
