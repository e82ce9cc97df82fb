#include "admin/page.hpp"

#include "admin/embedded.hpp"
#include "core/ascii.hpp"
#include "core/base64.hpp"
#include "core/sha256.hpp"

#include <algorithm>
#include <cstddef>
#include <zlib.h>

namespace crier::admin {

namespace {

/// From "<link" or "<script" to its end, by the file that it names.
std::string_view element_of(std::string_view html, std::string_view begin, std::string_view names,
                            std::string_view end) {
    const std::size_t name = html.find(names);
    const std::size_t from = name == std::string_view::npos ? name : html.rfind(begin, name);
    const std::size_t to = name == std::string_view::npos ? name : html.find(end, name);
    if (from == std::string_view::npos || to == std::string_view::npos)
        return {};
    return html.substr(from, to + end.size() - from);
}

/// As a policy names what is in the document: the digest of its bytes and nothing else.
std::string allowed(std::string_view text) {
    Sha256 hash;
    hash.update(text);
    const auto digest = hash.finish();
    return "'sha256-" + to_base64({reinterpret_cast<const char*>(digest.data()), digest.size()}) + "'";
}

/// The text in the place of the element that names its file; what allows it, for the policy.
std::string put_in(std::string& html, std::string_view element, std::string_view tag,
                   std::string_view attributes, std::string_view text) {
    if (element.empty())
        return "'none'";
    std::string whole;
    whole.append("<").append(tag).append(attributes).append(">").append(text);
    whole.append("</").append(tag).append(">");
    html.replace(static_cast<std::size_t>(element.data() - html.data()), element.size(), whole);
    return allowed(text);
}

/// Empty: there is no memory for it.
std::string gzip(std::string_view text) {
    z_stream stream{};
    constexpr int with_gzip_head = 15 + 16;
    constexpr int usual_memory = 8;
    if (::deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, with_gzip_head, usual_memory,
                       Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    std::string out(::deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    std::string in{text}; // zlib takes no pointer to what is constant
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int ended = ::deflate(&stream, Z_FINISH);
    out.resize(ended == Z_STREAM_END ? stream.total_out : 0);
    ::deflateEnd(&stream);
    return out;
}

} // namespace

Page assemble(const PageFiles& files) {
    Page page;
    page.html = std::string{files.html};
    const std::string_view link = element_of(page.html, "<link", "href=\"style.css\"", ">");
    const std::string style = put_in(page.html, link, "style", {}, files.style);
    const std::string_view source = element_of(page.html, "<script", "src=\"app.js\"", "</script>");
    const bool module = source.find("type=\"module\"") != std::string_view::npos;
    const std::string script =
        put_in(page.html, source, "script", module ? " type=\"module\"" : "", files.script);
    page.policy =
        "default-src 'none'; script-src " + script + "; style-src " + style +
        "; connect-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'; form-action 'self'; "
        "base-uri 'none'";
    page.gzipped = gzip(page.html);
    return page;
}

const Page& own_page() {
    static const Page page = assemble({embedded::index_html, embedded::style_css, embedded::app_js});
    return page;
}

/// "gzip", "br, gzip;q=0.8", "*"; not "gzip;q=0".
bool takes_gzip(std::string_view accept_encoding) {
    while (!accept_encoding.empty()) {
        const std::string_view one = accept_encoding.substr(0, accept_encoding.find(','));
        accept_encoding.remove_prefix(std::min(accept_encoding.size(), one.size() + 1));
        std::string plain;
        for (const char c : one)
            if (c != ' ' && c != '\t')
                plain += c;
        plain = ascii::lower(plain);
        const std::string name = plain.substr(0, plain.find(';'));
        if (name != "gzip" && name != "*")
            continue;
        const std::size_t quality = plain.find(";q=");
        return quality == std::string::npos ||
               plain.find_first_not_of("0.", quality + 3) != std::string::npos;
    }
    return false;
}

LocalResponse page_response(const Page& page, const LocalRequest& request) {
    LocalResponse response{200, page.html};
    response.content_type = "text/html; charset=utf-8";
    response.headers.emplace_back("Content-Security-Policy", page.policy);
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (!page.gzipped.empty() && takes_gzip(request.header("accept-encoding"))) {
        response.body = page.gzipped;
        response.headers.emplace_back("Content-Encoding", "gzip");
    }
    return response;
}

std::string_view openapi_text() noexcept {
    return embedded::openapi_json;
}

} // namespace crier::admin
