from django.db import models


class Greeting(models.Model):
    words = models.CharField(max_length=40)
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "greeting"

    def __str__(self) -> str:
        return self.words
