#include "queue/csv.hpp"

#include <algorithm>
#include <array>

namespace crier::queue {

namespace {

constexpr std::string_view candidates = ",;\t|";

} // namespace

bool Csv::end_of_line() {
    if (at(at_) != '\n' && at(at_) != '\r')
        return false;
    at_ += text_.substr(at_, 2) == "\r\n" ? 2U : 1U;
    ++line_;
    return true;
}

void Csv::pass_over_lines() {
    for (;;) {
        const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
        const std::string_view line = text_.substr(at_, end - at_);
        // A line of tabs may be a row of empty fields: they are passed over where rows are read.
        if (line.find_first_not_of(' ') != std::string_view::npos && line.front() != '#')
            return;
        at_ = end;
        if (!end_of_line())
            return;
    }
}

void Csv::read_quoted(std::string& field, Record& record) {
    for (++at_; at_ < text_.size(); ++at_) {
        const char c = text_[at_];
        if (c == '"') {
            ++at_;
            if (at(at_) != '"')
                return;
        }
        if (c == '\r' && at(at_ + 1) == '\n')
            continue;
        line_ += c == '\n' ? 1U : 0U;
        field += c;
    }
    record.never_ends = true;
}

void Csv::read_field(std::string& field, Record& record) {
    field.clear();
    if (at(at_) == '"')
        read_quoted(field, record);
    // What follows the quote that ends a field is no rule's, and is taken as it is.
    const std::array<char, 3> ends{separator_, '\r', '\n'};
    const std::size_t end =
        std::min(text_.find_first_of({ends.data(), ends.size()}, std::min(at_, text_.size())), text_.size());
    field += text_.substr(std::min(at_, text_.size()), end - std::min(at_, text_.size()));
    at_ = end;
}

bool Csv::next(Record& record) {
    pass_over_lines();
    if (at_ >= text_.size())
        return false;
    record.line = line_;
    record.never_ends = false;
    std::size_t count = 0;
    for (;;) {
        if (record.fields.size() <= count)
            record.fields.emplace_back();
        read_field(record.fields[count++], record);
        if (end_of_line() || at_ >= text_.size())
            break;
        ++at_; // the separator
    }
    record.fields.resize(count);
    return true;
}

std::string_view Csv::rest() {
    pass_over_lines();
    return text_.substr(at_);
}

char separator_of_header(std::string_view text) {
    std::array<std::size_t, candidates.size()> counts{};
    bool quoted = false;
    for (const char c : Csv{text, ','}.rest()) {
        quoted = quoted != (c == '"');
        if (!quoted && (c == '\n' || c == '\r'))
            break;
        if (const std::size_t which = candidates.find(c); !quoted && which != std::string_view::npos)
            ++counts[which];
    }
    return candidates[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) -
                                               counts.begin())];
}

} // namespace crier::queue
