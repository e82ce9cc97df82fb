#include "kit/comments.hpp"

#include <algorithm>
#include <utility>

namespace crier::kit {

bool Fence::turns(std::string_view line) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos || (line[begin] != '`' && line[begin] != '~'))
        return false;
    const char mark = line[begin];
    const std::size_t end = std::min(line.find_first_not_of(mark, begin), line.size());
    const std::string_view rest = line.substr(end);
    if (end - begin < 3)
        return false;
    if (sign == '\0') {
        if (mark == '`' && rest.find('`') != std::string_view::npos) // code within a line
            return false;
        sign = mark;
        size = end - begin;
        return true;
    }
    if (mark != sign || end - begin < size || rest.find_first_not_of(" \t\r") != std::string_view::npos)
        return false;
    sign = '\0';
    return true;
}

namespace {

class Comments {
public:
    explicit Comments(std::string_view text)
        : text_(text)
        , last_end_(text.rfind("-->")) {}

    std::string removed() {
        while (at_ < text_.size()) {
            const std::size_t end = std::min(text_.find('\n', at_), text_.size());
            const bool mark = fence_.turns(text_.substr(at_, end - at_));
            if (mark || fence_.sign != '\0')
                copy(end);
            else
                take_line(end);
            if (at_ < text_.size() && text_[at_] == '\n') {
                ++at_;
                out_ += '\n';
            }
        }
        return std::move(out_);
    }

private:
    void copy(std::size_t end) {
        std::string_view part = text_.substr(at_, end - at_);
        if (!part.empty() && part.back() == '\r' && end < text_.size())
            part.remove_suffix(1);
        out_ += part;
        at_ = end;
    }

    /// Goes on behind the line in which the last comment of it ends.
    void take_line(std::size_t end) {
        bool code = false;
        std::size_t seen = at_;
        while (true) {
            const std::size_t comment = text_.substr(0, end).find("<!--", at_ > seen ? at_ : seen);
            if (comment == std::string_view::npos || last_end_ == std::string_view::npos ||
                last_end_ < comment + 4)
                break;
            code = code != (std::count(text_.begin() + static_cast<std::ptrdiff_t>(seen),
                                       text_.begin() + static_cast<std::ptrdiff_t>(comment), '`') %
                                2 ==
                            1);
            if (code) {
                seen = comment + 4;
                continue;
            }
            copy(comment);
            at_ = text_.find("-->", comment + 4) + 3;
            seen = at_;
            if (at_ > end) // of a line that goes on, its end is known
                end = std::min(text_.find('\n', at_), text_.size());
        }
        copy(end);
    }

    std::string_view text_;
    std::size_t last_end_;
    std::size_t at_ = 0;
    Fence fence_;
    std::string out_;
};

} // namespace

std::string without_comments(std::string_view markdown) {
    return Comments{markdown}.removed();
}

} // namespace crier::kit
