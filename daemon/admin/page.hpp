#pragma once

#include "ports/http_server.hpp"

#include <string>
#include <string_view>

namespace crier::admin {

/// The page's files, as they were when the program was built: page/; the script is several, in the order of
/// order.txt.
struct PageFiles {
    std::string_view html; ///< names the two others by lines of their own: page/index.html
    std::string_view style;
    std::string_view script;
};

/// One document that needs nothing else, and what a browser may do on it.
struct Page {
    std::string html;
    std::string gzipped;
    std::string policy; ///< Content-Security-Policy: the style and script that are in it, by their digests
};

/// Puts style and script into the place of the elements that name them: `<link ... href="style.css">` and
/// `<script ... src="app.js"></script>`, at the end of the body, for an inlined script does not wait (but one
/// of type="module" does). An element that is not there leaves its file out.
[[nodiscard]] Page assemble(const PageFiles& files);

/// The daemon's own, made when it is first asked for.
[[nodiscard]] const Page& own_page();

/// As the client takes it.
[[nodiscard]] LocalResponse page_response(const Page& page, const LocalRequest& request);

/// Does it take gzip?
[[nodiscard]] bool takes_gzip(std::string_view accept_encoding);

/// docs/openapi.json, as it was when the program was built.
[[nodiscard]] std::string_view openapi_text() noexcept;

} // namespace crier::admin
