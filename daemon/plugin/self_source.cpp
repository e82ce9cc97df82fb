#include "plugin/self_source.hpp"

#include "plugin/cursor.hpp"
#include "plugin/document.hpp"

namespace crier::plugin {

boost::asio::awaitable<Result<SourceYield>> SelfSource::poll(std::string cursor) {
    Document document;
    document.place = object_;
    document.material.now = clock_.now();
    document.cursor = Cursor::read(cursor);
    if (document.cursor.url != object_)
        document.cursor = Cursor{};
    document.cursor.url = object_;
    co_return alone(co_await read_document(reader_, std::move(document), {}, Files::absolute));
}

} // namespace crier::plugin
