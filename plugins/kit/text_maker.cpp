#include "kit/text_maker.hpp"

#include "kit/ascii.hpp"
#include "kit/entities.hpp"
#include "kit/invisible.hpp"
#include "kit/text_run.hpp"

#include <algorithm>
#include <utility>

namespace crier::kit {

std::string TextMaker::run() {
    out_.reserve(rules_.markup ? in_.size() / 2 : in_.size());
    while (at_ < in_.size()) {
        const std::size_t start = at_;
        const std::size_t limit = std::min(section_end_, in_.size());
        if (limit == at_) { // past the "]]>" of a CDATA section
            at_ += 3;
            section_end_ = npos;
            continue;
        }
        at_ = run_end(in_.substr(0, limit), at_);
        if (at_ > start)
            put(in_.substr(start, at_ - start));
        if (at_ < limit)
            special();
        if (at_ > section_end_)
            section_end_ = npos;
    }
    return std::move(out_);
}

void TextMaker::special() {
    const char c = in_[at_];
    if (is_blank(c)) {
        blanks();
        return;
    }
    if (c == '<' && rules_.markup && markup())
        return;
    if (c == '&' && rules_.references) {
        std::string decoded;
        if (const std::size_t used = decode_reference(in_.substr(at_), decoded); used > 0) {
            at_ += used;
            std::string storage;
            const std::string_view seen = without_invisible(decoded, storage);
            if (seen == "\xc2\xa0" || (!seen.empty() && is_blank(seen.front())))
                blank_ = true;
            else if (!seen.empty() && seen != "\xc2\xad" &&
                     static_cast<unsigned char>(decoded.front()) >= ' ')
                put(decoded);
            return;
        }
    }
    const std::string_view two = in_.substr(at_, 2);
    if (two == "\xc2\xa0" || two == "\xc2\xad") { // a soft hyphen means nothing in plain text
        blank_ = blank_ || two == "\xc2\xa0";
        at_ += 2;
        return;
    }
    if (static_cast<unsigned char>(c) >= ' ' && c != '\x7f')
        put(in_.substr(at_, 1));
    ++at_;
}

void TextMaker::blanks() {
    int lines = 0;
    const std::size_t start = at_;
    std::size_t line_start = at_;
    for (; at_ < in_.size() && is_blank(in_[at_]); ++at_)
        if (in_[at_] == '\n' || (in_[at_] == '\r' && in_.substr(at_ + 1, 1) != "\n")) {
            ++lines;
            line_start = at_ + 1;
        }
    if (verbatim_ > 0) {
        owe_breaks(std::min(lines, 2));
        // Indentation is a part of it.
        const std::string_view indent =
            in_.substr(lines > 0 ? line_start : start, at_ - (lines > 0 ? line_start : start));
        if (!indent.empty() && at_ < in_.size() && in_[at_] != '<')
            put(indent);
    } else if (lines > 0 &&
               (rules_.breaks == Breaks::keep || (rules_.breaks == Breaks::paragraphs && lines > 1))) {
        owe_breaks(std::min(lines, 2));
    } else {
        blank_ = true;
    }
}

void TextMaker::settle() {
    if (!out_.empty()) {
        if (breaks_ > 0 && !rules_.one_line)
            out_.append(static_cast<std::size_t>(breaks_), '\n');
        else if (breaks_ > 0 || blank_)
            out_ += ' ';
    }
    breaks_ = 0;
    blank_ = false;
    if (!rules_.one_line)
        out_ += marker_;
    marker_.clear();
}

} // namespace crier::kit
