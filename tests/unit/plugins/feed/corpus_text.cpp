#include "corpus_text.hpp"

#include "harness.hpp"

#include <chrono>
#include <cstdio>
#include <iconv.h>
#include <stdexcept>

namespace crier::feed::test {
namespace {

std::string encoded(std::string_view text, const std::string& encoding) {
    if (encoding.empty() || text.empty())
        return std::string{text};
    const iconv_t converter = ::iconv_open(encoding.c_str(), "UTF-8");
    // NOLINTNEXTLINE(performance-no-int-to-ptr): that is how iconv says no
    if (converter == reinterpret_cast<iconv_t>(-1))
        throw std::runtime_error("no encoding " + encoding);
    std::string in{text};
    std::string out(in.size() * 8 + 16, '\0');
    char* from = in.data();
    char* to = out.data();
    std::size_t left = in.size();
    std::size_t room = out.size();
    const bool good = ::iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1) &&
                      ::iconv(converter, nullptr, nullptr, &to, &room) != static_cast<std::size_t>(-1);
    ::iconv_close(converter);
    if (!good)
        throw std::runtime_error("cannot be written in " + encoding + ": " + std::string{text});
    out.resize(out.size() - room);
    return out;
}

/// "EF BB BF"
std::string raw_bytes(std::string_view digits) {
    std::string out;
    std::string one;
    for (const char c : digits)
        if (c != ' ') {
            one += c;
            if (one.size() == 2) {
                out += static_cast<char>(static_cast<unsigned char>(std::stoi(one, nullptr, 16)));
                one.clear();
            }
        }
    return out;
}

} // namespace

std::string corpus_frame(const std::string& frame, const std::string& inside) {
    if (frame == "rss-item")
        return rss_item(inside);
    if (frame == "rss")
        return rss(inside);
    if (frame == "atom-entry")
        return atom_entry(inside);
    if (frame == "atom")
        return "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>The blog</title>" + inside + "</feed>";
    const std::string json =
        "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"T\", \"items\": [";
    if (frame == "json-item")
        return json + "{" + inside + "}]}";
    if (frame == "json")
        return json + inside + "]}";
    if (!frame.empty())
        throw std::runtime_error("there is no frame '" + frame + "'");
    return inside;
}

std::string corpus_bytes(std::string_view text, const std::string& encoding) {
    std::string out;
    while (true) {
        const auto begin = text.find("{{");
        out += encoded(text.substr(0, begin), encoding);
        if (begin == std::string_view::npos)
            return out;
        const auto end = text.find("}}", begin);
        if (end == std::string_view::npos)
            throw std::runtime_error("{{ without }}");
        out += raw_bytes(text.substr(begin + 2, end - begin - 2));
        text.remove_prefix(end + 2);
    }
}

std::string corpus_seconds(const std::string& time) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    // NOLINTNEXTLINE(cert-err34-c): the count says whether all of them were read
    if (std::sscanf(time.c_str(), "%4d-%2u-%2uT%2d:%2d:%2dZ", &year, &month, &day, &hour, &minute, &second) !=
        6)
        return time;
    const std::chrono::sys_days date{std::chrono::year{year} / static_cast<int>(month) /
                                     static_cast<int>(day)};
    return std::to_string(std::int64_t{date.time_since_epoch().count()} * 86400 + hour * 3600 + minute * 60 +
                          second);
}

} // namespace crier::feed::test
