"""A small mail server on loopback that can be told to misbehave."""

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy


class Conversation(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.say("220 test")
        for line in self.rfile:
            command = line.decode().strip().upper()
            if command.startswith("EHLO"):
                self.say("250 test")
            elif command.startswith("RCPT") and (refusal := self.refusal(command)):
                self.say(refusal)
            elif command == "DATA":
                self.say("354 go on")
                if not self.read_letter():
                    return
            elif command == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def refusal(self, command):
        return next((answer for to, answer in self.server.refuses.items() if to.upper() in command), "")

    def read_letter(self):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        if self.server.refuses_text:
            self.say(self.server.refuses_text)
            return True
        self.server.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))
        if self.server.drops_after_data:
            return False
        self.say("250 taken")
        return True


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters = []
        self.refuses = {}  # the answers to recipients
        self.refuses_text = ""  # the answer to every letter
        self.drops_after_data = False


@contextmanager
def running_server():
    server = MailServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
